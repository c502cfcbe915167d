"""The metrics of a run so far: rows cut and appended."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

pytestmark = pytest.mark.browser
Module = Callable[..., Any]


def test_history_cuts_and_appends(module: Module) -> None:
    script = """(() => { const h = new m.History(); const take = (start, columns, rows) =>
      h.receive({version: 1, start, columns, rows: rows.length}, Float64Array.from(rows.flat()));
      take(0, ["step", "loss"], Array.from({length: 300}, (_, i) => [i, i / 10]));
      take(300, ["step", "loss", "late"], [[300, 30, 7]]);
      const before = [h.length, h.column("late")[0], h.column("late")[300], h.column("loss")[299]];
      take(2, ["step", "loss"], [[2, 5]]);
      return [...before, h.length, [...h.column("step")],
        h.last("loss"), h.last("late") ?? "none", h.column("none") ?? "none"]; })()"""
    assert module("history.js", script) == [301, None, 7, 29.9, 3, [0, 1, 2], 5, "none", "none"]
    gap = 'new m.History().receive({start: 5, columns: ["step"], rows: 0}, new Float64Array(0))'
    assert "expected rows from 0" in module("history.js", gap)


def test_a_number_is_found_at_its_step(module: Module) -> None:
    script = """(() => { const h = new m.History();
      h.receive({version: 1, start: 0, columns: ["step", "loss"], rows: 4},
        Float64Array.from([0, NaN, 2, 5, 4, Infinity, 6, NaN]));
      return [h.last("loss"), h.last("loss", 1) ?? "none", String(h.at("loss", 4)), String(h.at("loss", 6)),
        h.at("loss", 3) ?? "no row", new m.History().at("loss", 0) ?? "no table"]; })()"""
    assert module("history.js", script) == [5, "none", "Infinity", "NaN", "no row", "no table"]
