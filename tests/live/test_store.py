"""The present of a run: what a metric is now, also where it is no number."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

pytestmark = pytest.mark.browser
Module = Callable[..., Any]
PRESENT = """(() => { const store = new m.Store();
  store.history.receive({version: 1, start: 0, columns: ["step", "loss"], rows: a.rows.length},
    Float64Array.from(a.rows.flat().map((v) => ({ inf: Infinity, "-inf": -Infinity, nan: NaN })[v] ?? v)));
  if (a.frame) store.frame = a.frame;
  return String(store.present("loss")); })()"""


@pytest.mark.parametrize(
    ("rows", "frame", "expected"),
    [
        ([], None, "undefined"),
        ([[0, 0.7], [5, 0.5]], None, "0.5"),  # after a reload the history is there before the first frame
        ([[0, 0.7]], {"step": 3, "metrics": {"loss": 0.4}}, "0.4"),
        ([[0, 0.7], [5, "inf"]], {"step": 5, "metrics": {"loss": None}}, "Infinity"),
        ([[0, 0.7], [5, "-inf"]], {"step": 5, "metrics": {"loss": None}}, "-Infinity"),
        ([[0, 0.7], [5, "nan"]], {"step": 5, "metrics": {"loss": None}}, "NaN"),
        ([[0, 0.7]], {"step": 5, "metrics": {"loss": None}}, "NaN"),  # its row was thinned out
        ([[0, "nan"], [5, 3]], {"step": 0, "metrics": {"loss": None}}, "undefined"),  # rewound to where it began
        ([[0, 0.7], [5, "inf"], [9, "nan"]], {"step": 0, "metrics": {"loss": 0.7}}, "0.7"),
    ],
)  # fmt: skip
def test_a_metric_as_it_is_now(module: Module, rows: list[Any], frame: dict[str, Any] | None, expected: str) -> None:
    assert module("store.js", PRESENT, {"rows": rows, "frame": frame}) == expected
