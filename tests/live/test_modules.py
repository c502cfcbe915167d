"""The modules that draw nothing: decoding, history, thinning, feeds, numbers, colours, arrangement."""

from __future__ import annotations

import base64
import json
from collections.abc import Callable, Iterator
from typing import Any

import numpy as np
import pytest
from fake_run import encode
from harness import Harness

pytestmark = pytest.mark.browser

Run = Callable[..., Any]


@pytest.fixture(scope="module")
def run(browser: Any) -> Iterator[Run]:
    """run("module.js", "expression over m and a", a) -> what it gives, as plain JSON."""
    with Harness() as server:
        context = browser.new_context()
        page = context.new_page()
        page.goto(server.url + "live/js/dev/format.js")

        def go(module: str, expression: str, argument: Any = None) -> Any:
            script = f"""async (a) => {{ const m = await import("./{module}");
              try {{ return JSON.stringify(await ({expression})); }}
              catch (error) {{ return JSON.stringify("error: " + error.message); }} }}"""
            return json.loads(page.evaluate(script, argument) or "null")

        yield go
        context.close()


BYTES = "Uint8Array.from(atob(a), (c) => c.charCodeAt(0)).buffer"


def b64(data: bytes) -> str:
    return base64.b64encode(data).decode()


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (0, "0"), (1234567.8, "1,234,568"), (0.123456, "0.123"), (-0.5, "−0.500"), (12.345, "12.3"), (1e-7, "1.00e−7"),
        (2.5e12, "2.50e12"), (999.6, "1,000"), (None, "–"),
    ],
)  # fmt: skip
def test_numbers_have_three_significant_digits(run: Run, value: float | None, text: str) -> None:
    assert run("format.js", "m.number(a)", value) == text


@pytest.mark.parametrize(
    ("updates", "epoch", "text"),
    [(2100, 25, "84 epochs/s"), (3.2, 25, "3.2 updates/s"), (1, 25, "1 update/s"), (25, 25, "1 epoch/s"), (0, 25, "")],
)
def test_rates_choose_their_unit(run: Run, updates: float, epoch: int, text: str) -> None:
    assert run("format.js", f"m.rate(a, {epoch})", updates) == text


def test_packets_come_out_as_they_went_in(run: Run) -> None:
    arrays = {
        "a/weight": np.arange(6, dtype=np.float32).reshape(2, 3) / 7,
        "a/map": np.array([0, 127, 255], np.uint8),
        "a/counts": np.array([[-1, 2]], np.int32),
    }
    message = encode({"type": "reply", "id": 3, "ok": True}) + encode({"type": "frame", "title": "Füße"}, arrays)
    found = run(
        "packets.js",
        f"m.decode({BYTES}).map((p) => [p.header, [...m.arrays(p)].map(([k, v]) => [k, [...v.data], v.shape])])",
        b64(message),
    )
    assert found[0] == [{"type": "reply", "id": 3, "ok": True}, []]
    assert found[1][0]["title"] == "Füße"
    assert [row[0] for row in found[1][1]] == list(arrays)
    for (_, values, shape), array in zip(found[1][1], arrays.values(), strict=True):
        assert shape == list(array.shape)
        np.testing.assert_array_equal(np.array(values, array.dtype).reshape(array.shape), array)


def test_a_message_cut_short_is_refused(run: Run) -> None:
    message = encode({"type": "frame"}, {"a/b": np.zeros(100, np.float32)})
    assert "expected" in run("packets.js", f"m.decode({BYTES})", b64(message[:-16]))


def test_history_cuts_and_appends(run: Run) -> None:
    script = """(() => { const h = new m.History(); const take = (start, columns, rows) =>
      h.receive({version: 1, start, columns, rows: rows.length}, Float64Array.from(rows.flat()));
      take(0, ["step", "loss"], Array.from({length: 300}, (_, i) => [i, i / 10]));
      take(300, ["step", "loss", "late"], [[300, 30, 7]]);
      const before = [h.length, h.column("late")[0], h.column("late")[300], h.column("loss")[299]];
      take(2, ["step", "loss"], [[2, 5]]);
      return [...before, h.length, [...h.column("step")],
        h.last("loss"), h.last("late") ?? "none", h.column("none") ?? "none"]; })()"""
    assert run("history.js", script) == [301, None, 7, 29.9, 3, [0, 1, 2], 5, "none", "none"]
    gap = 'new m.History().receive({start: 5, columns: ["step"], rows: 0}, new Float64Array(0))'
    assert "expected rows from 0" in run("history.js", gap)


def test_thinning_keeps_ends_and_spikes(run: Run) -> None:
    rng = np.random.default_rng(0)
    one, two = rng.normal(0, 1, 5000), rng.normal(0, 1, 5000)
    one[1234], two[3210], one[777] = 50.0, -60.0, np.nan
    script = "[...m.thin(a.map((c) => Float64Array.from(c, (v) => v ?? NaN)), a[0].length, 1000)]"
    columns = [[None if np.isnan(v) else v for v in column.tolist()] for column in (one, two)]
    rows = run("thin.js", script, columns)
    assert rows == sorted(set(rows)) and rows[0] == 0 and rows[-1] == 4999
    assert {1234, 3210} <= set(rows) and 777 not in rows
    assert 500 < len(rows) <= 1000
    assert run("thin.js", "[...m.thin([a], a.length, 1000)]", list(range(7))) == list(range(7))


def test_feeds_fill_a_figure(run: Run) -> None:
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
    assert run("feeds.js", script) == [
        [[0, 1], [5, 4], None, None, None, True],
        [[0.5, 2], [9], None, [1, 2], None, None],
        [None, None, [[5, 6], [7, 8]], None, None, None],
        [None, [1.5, None], None, None, [1.5], None],
        [[], [], None, None, None, True],
    ]
    wrong = 'm.fill([{meta: {feeds: {x: "nonsense:1"}}}], {constants: new Map(), history: {length: 0, column() {}}})'
    assert run("feeds.js", wrong).startswith("error: feed: expected a column")


def test_templates_show_present_numbers(run: Run) -> None:
    text = run("feeds.js", 'm.template("{a/1|percent} dead, {b} left, {c}", a)', {"a/1": 0.256, "b": 1234.5})
    assert text == "26 % dead, 1,235 left, –"


def test_the_diverging_colours_are_orange_grey_blue(run: Run) -> None:
    script = """(() => { const p = m.readPalette(document.documentElement);
      const at = (i) => [p.diverging[i] & 255, p.diverging[i] >> 8 & 255, p.diverging[i] >> 16 & 255];
      return { low: at(0), mid: at(127), high: at(255), version: p.version,
        again: m.readPalette(document.documentElement).version,
        names: [p.negative, p.zero, p.positive].map(m.rgb), classes: p.classes.length,
        class: m.classRamp(p, 3).map((t) => [t[255] & 255, t[255] >> 8 & 255, t[255] >> 16 & 255]),
        first: p.classes.slice(0, 3).map(m.rgb) }; })()"""
    found = run("palette.js", script)
    assert [found["low"], found["high"]] == [found["names"][0], found["names"][2]]
    assert np.abs(np.subtract(found["mid"], found["names"][1])).max() <= 2
    assert found["low"][0] > found["low"][2] and found["high"][2] > found["high"][0]
    assert found["classes"] == 10 and found["class"] == found["first"] and found["version"] == found["again"]


@pytest.mark.parametrize(
    ("layout", "names", "expected"),
    [
        (
            {"top": [["a", 2], ["b", 1]]},
            ["a", "c"],
            {"top": [[["a", 2]]], "below": [], "tabs": [{"title": "More", "views": ["c"]}]},
        ),
        ({"top": [[["a", 1]], [["b", 1]]]}, None, {"top": [[["a", 1]], [["b", 1]]], "below": [], "tabs": []}),
        (
            {"below": [["a", 1]], "tabs": [{"title": "T", "views": ["b", "x"]}, {"title": "U", "views": ["x"]}]},
            ["a", "b"],
            {"top": [], "below": [[["a", 1]]], "tabs": [{"title": "T", "views": ["b"]}]},
        ),
    ],
)  # fmt: skip
def test_arrangement(run: Run, layout: dict[str, Any], names: list[str] | None, expected: dict[str, Any]) -> None:
    assert run("layout.js", "m.arrangement(a[0], a[1])", [layout, names]) == expected
