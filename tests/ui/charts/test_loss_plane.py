"""The 3-D picture of a plane: heights and ways where they are, a logarithmic axis where it is needed."""

from __future__ import annotations

import numpy as np

from ui.charts.loss_plane import figure

PLACES = [-1.0, 0.0, 1.0]
WAY = np.array([[-3.0, 0.0], [-0.5, 0.5], [0.0, 0.0]])


def test_a_plane_and_two_ways() -> None:
    heights = np.array([[1.0, 2.0, 3.0], [4.0, 0.5, 6.0], [7.0, np.inf, 9.0]])
    chart = figure(PLACES, PLACES, heights, WAY, np.array([5.0, 1.0, 0.5]), np.array([4.0, 2.0, 0.5]), axes=("a", "b"))
    surface, on_it, own = chart.data
    assert surface.z[2][0] == 7.0 and np.isnan(surface.z[2][1]), "row 2 is v = 1"
    assert np.isnan(on_it.x[0]) and on_it.x[1] == -0.5 and on_it.z[1] == 1.0, "the start is out of sight"
    assert own.z[1] == 2.0 and own.line.dash == "dash"
    assert chart.layout.scene.zaxis.type == "linear" and chart.layout.scene.xaxis.title.text == "a"


def test_heights_that_differ_much_are_logarithmic() -> None:
    heights = np.array([[1.0, 2.0, 300.0]] * 3)
    values = np.ones(3)
    assert figure(PLACES, PLACES, heights, WAY, values, values, axes=("a", "b")).layout.scene.zaxis.type == "log"
    heights[0, 0] = 0.0
    assert figure(PLACES, PLACES, heights, WAY, values, values, axes=("a", "b")).layout.scene.zaxis.type == "linear"
