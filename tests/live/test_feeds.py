"""What fills a figure: columns, arrays, present metrics, texts."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

pytestmark = pytest.mark.browser
Module = Callable[..., Any]


def test_feeds_fill_a_figure(module: Module) -> None:
    script = """import("./history.js").then(({ History }) => {
      const history = new History();
      history.receive({start: 0, columns: ["epoch", "loss"], rows: 2}, Float64Array.from([0, 5, 1, 4]));
      const f = (values, shape) => ({ data: Float32Array.from(values), shape });
      const arrays = new Map([["v/edges", f([0, 1, 3], [3])], ["v/z", f([1, 2, 3, 4, 5, 6, 7, 8], [2, 2, 2])]]);
      const constants = new Map([["v/fixed", f([9], [1])]]);
      const traces = [{ x: "epoch", y: "loss" }, { x: "centres:v/edges", width: "widths:v/edges", y: "array:v/fixed" },
        { z: "array:v/z@1" }, { y: "metrics:[p,q]", "marker.color": "metric:p" }, { y: "gone", x: "epoch" }];
      const plain = (v) => Array.from(v, (u) => (u?.length === undefined ? u : plain(u)));
      const filled = m.fill(traces.map((feeds) => ({ meta: { feeds } })),
        { history, constants, frame: { arrays, metrics: { p: 1.5 } } });
      const list = (v) => v && plain(v);
      return filled.map((t) => [list(t.x), list(t.y), list(t.z), list(t.width), t.marker?.color, t.connectgaps]);
    })"""
    assert module("feeds.js", script) == [
        [[0, 1], [5, 4], None, None, None, True],
        [[0.5, 2], [9], None, [1, 2], None, None],
        [None, None, [[5, 6], [7, 8]], None, None, None],
        [None, [1.5, None], None, None, [1.5], None],
        [[], [], None, None, None, True],
    ]
    wrong = 'm.fill([{meta: {feeds: {x: "nonsense:1"}}}], {constants: new Map(), history: {length: 0, column() {}}})'
    assert module("feeds.js", wrong).startswith("error: feed: expected a column")


def test_of_several_maps_each_is_there_where_it_is_the_highest(module: Module) -> None:
    """Three maps of 1 × 5 places: the first wins at places 0 and 1, the second at 2, the third at 3 and 4."""
    maps = [[0.9, 0.6, 0.2, 0.1, 0.0], [0.1, 0.3, 0.5, 0.2, 0.1], [0.0, 0.1, 0.3, 0.7, 0.9]]
    script = """(() => { const data = Float32Array.from(a.flat());
      const arrays = new Map([["v/z", { data, shape: [3, 1, 5] }]]);
      const traces = [0, 1, 2].map((k) => ({ meta: { feeds: { z: `highest:v/z@${k}` } } }));
      const present = { history: { length: 0, column() {} }, constants: new Map(), frame: { arrays, metrics: {} } };
      return m.fill(traces, present)
        .map((t) => t.z.map((row) => [...row].map((v) => (Number.isNaN(v) ? null : Number(v.toFixed(3)))))); })()"""
    first, second, third = module("feeds.js", script, maps)
    assert first == [[0.9, 0.6, 0.5, None, None]]
    assert second == [[None, 0.6, 0.5, 0.7, None]]
    assert third == [[None, None, 0.5, 0.7, 0.9]]
    # together they are the largest of the three, and neighbours share a place, so there is no gap
    assert [max(v for v in places if v is not None) for places in zip(first[0], second[0], third[0], strict=True)] == [
        max(column) for column in zip(*maps, strict=True)
    ]


def test_templates_show_present_numbers(module: Module) -> None:
    text = module("feeds.js", 'm.template("{a/1|percent} dead, {b} left, {c}", a)', {"a/1": 0.256, "b": 1234.5})
    assert text == "26 % dead, 1,235 left, –"
