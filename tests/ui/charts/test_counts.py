import numpy as np

from ui.charts.counts import figure


def test_a_bar_each_with_its_share() -> None:
    chart = figure(["a", "b"], np.array([1, 3]), quantity="samples", whole=4, coloured=True)
    assert chart.data[0].x.tolist() == [1, 3] and list(chart.data[0].y) == ["a", "b"]
    assert list(chart.data[0].text) == ["1 (25.0%)", "3 (75.0%)"]
    assert chart.layout.xaxis.title.text == "samples" and chart.layout.yaxis.autorange == "reversed"
    assert len(set(chart.data[0].marker.color)) == 2
    assert isinstance(figure(["a"], np.array([1]), quantity="gaps", whole=1).data[0].marker.color, str)


def test_nothing_counted_has_no_share() -> None:
    assert list(figure(["a"], np.array([0]), quantity="samples", whole=0).data[0].text) == ["0"]
