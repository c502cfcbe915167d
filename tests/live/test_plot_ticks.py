"""Readable logarithmic axes, and lines of one point."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

pytestmark = pytest.mark.browser
Module = Callable[..., Any]


@pytest.mark.parametrize(
    ("values", "dtick"),
    [
        ([1.0, 0.02], 1),
        ([1.0, 1e-8], 2),  # eight decades: every second power
        ([1e3, 1e-12, None, 0, -5], 3),  # what has no logarithm does not count
        ([0.7, 0.2], None),  # within a decade Plotly chooses
        ([], 1),
    ],
)
def test_a_logarithmic_axis_shows_a_few_powers(module: Module, values: list[Any], dtick: int | None) -> None:
    found = module("plot-ticks.js", "m.logTicks([{ y: a }, { y: undefined }])", values)
    assert found.get("dtick") == dtick


@pytest.mark.parametrize(
    ("values", "labels"),
    [
        ([0.12, 9.0], ["0.1", "0.3", "1", "3", "10"]),  # with 0.2, 0.5, 2 and 5 they would be too many
        ([0.55, 6.0], ["0.5", "1", "2", "5"]),
        ([0.004, 0.06], ["0.005", "0.01", "0.02", "0.05"]),
    ],
)
def test_one_power_alone_is_not_all_that_can_be_read(module: Module, values: list[float], labels: list[str]) -> None:
    found = module("plot-ticks.js", "m.logTicks([{ y: a }])", values)
    assert found["ticktext"] == labels and found["tickvals"] == [float(label) for label in labels]
    assert found["tickmode"] == "array" and "dtick" not in found


@pytest.mark.parametrize(
    ("y", "mode"),
    [([None, 3.0], "lines+markers"), ([1.0, None, 3.0], "lines"), ([], "lines"), ([None], "lines")],
)
def test_a_lone_point_is_a_dot(module: Module, y: list[Any], mode: str) -> None:
    assert module("plot-ticks.js", 'm.lone({ mode: "lines", y: a.map((v) => v ?? NaN) }).mode', y) == mode


def test_bars_stay_as_they_are(module: Module) -> None:
    assert module("plot-ticks.js", "m.lone({ type: 'bar', y: [1] })") == {"type": "bar", "y": [1]}
