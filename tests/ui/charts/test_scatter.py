import numpy as np

from ui.charts.scatter import figure

X, Y = np.array([1.0, 2.0, 3.0]), np.array([4.0, 5.0, 6.0])


def test_every_class_has_its_points_colour_and_sign() -> None:
    chart = figure(X, Y, np.array([1, 0, 1]), titles=("x", "y"), target="t", classes=("a", "b"))
    assert [trace.name for trace in chart.data] == ["a", "b"]
    assert chart.data[1].x.tolist() == [1.0, 3.0] and chart.data[1].y.tolist() == [4.0, 6.0]
    assert chart.data[0].marker.symbol != chart.data[1].marker.symbol
    assert chart.data[0].marker.color != chart.data[1].marker.color
    assert (chart.layout.xaxis.title.text, chart.layout.yaxis.title.text) == ("x", "y")


def test_a_number_is_a_shade_with_a_scale() -> None:
    (trace,) = figure(X, Y, np.array([0.1, 0.2, 0.3]), titles=("x", "y"), target="t").data
    assert trace.marker.color.tolist() == [0.1, 0.2, 0.3] and trace.marker.colorbar.title.text == "t"
