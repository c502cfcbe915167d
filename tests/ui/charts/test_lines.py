import numpy as np

from ui.charts.lines import figure


def test_a_line_each_and_its_target_after_the_last_step() -> None:
    chart = figure(np.array([[1.0, 2.0, 3.0], [0.0, 1.0, 0.0]]), np.array([4.0, -1.0]), target="next value")
    lines, dots = chart.data[::2], chart.data[1::2]
    assert [line.y.tolist() for line in lines] == [[1, 2, 3], [0, 1, 0]]
    assert [(dot.x[0], dot.y[0]) for dot in dots] == [(3, 4.0), (3, -1.0)]
    assert [line.line.color for line in lines] == [dot.marker.color for dot in dots]
