"""The shared graph alone on a page: scales, lines that lie where the numbers say, points that are dragged."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from harness import Harness

pytestmark = pytest.mark.browser

PAGE = """<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Graph</title>
<meta name="viewport" content="width=device-width, initial-scale=1"><link rel="icon" href="data:,">
<link rel="stylesheet" href="./live/js/dev/views.css"><link rel="stylesheet" href="./live/js/dev/graph.css">
<link rel="stylesheet" href="./face.css"><style>
:root { --st-text-color: #1d2430; --st-background-color: #fff; }
.dark { --st-text-color: #e9edf4; --st-background-color: #12161d; --st-secondary-background-color: #1b212b; }
body { margin: 0; background: var(--st-background-color); }
</style></head><body><main><div class="llv" style="height: auto" id="host"></div></main>
<script type="module">
import { Graph } from "./live/js/dev/graph.js";
import { paint } from "./live/js/dev/card.js";
import { readPalette } from "./live/js/dev/palette.js";
const host = document.getElementById("host");
window.moves = [];
const square = (x) => x * x;
const graph = window.graph = new Graph({ label: "A parabola", x: { from: -2, to: 2, title: "x" },
  y: { from: -1, to: 4, title: "y" }, height: 300 });
host.append(graph.element);
graph.lines([{ name: "f", f: square, colour: "variant:0", title: "x²" },
  { name: "broken", xs: [-2, -1, 0, 1], ys: [0, NaN, 1e9, 0], colour: "muted", dash: "4 4" }]);
graph.ranges([{ from: -9, to: -1, title: "left" }]);
graph.guides([{ y: 1, text: "one" }]);
graph.marks([{ x: 1, y: 3, shape: "cross" }, { x: 0, y: 3, title: "a sample" }]);
graph.points([
  { name: "on", label: "A point of the parabola", x: 1, along: square, step: 0.1, text: ({ x, y }) => `x ${x}, y ${y}`,
    onmove: ({ x, y }) => window.moves.push([x, y]) },
  { name: "free", label: "A free point", x: 0, y: 0, step: 0.5, yRange: [-1, 2] },
]);
const theme = () => { paint(host, readPalette(document.body)); graph.theme(readPalette(document.body)); };
window.dark = (on) => { document.body.className = on ? "dark" : ""; theme(); };
theme();
await document.fonts.load('14px "Source Sans"');
window.ready = true;
</script></body></html>"""


@pytest.fixture(scope="module")
def shown(browser: Any) -> Iterator[Any]:
    with Harness() as server:
        context = browser.new_context(viewport={"width": 900, "height": 600}, has_touch=True)
        page = context.new_page()
        problems: list[str] = []
        page.on("pageerror", lambda error: problems.append(str(error)))
        page.route(server.url + "graph", lambda route: route.fulfill(body=PAGE, content_type="text/html"))
        page.goto(server.url + "graph")
        page.wait_for_function("window.ready && graph.xs")
        yield page
        context.close()
        assert problems == []


def where(page: Any, name: str) -> list[float]:
    return list(page.evaluate(f"[graph.point('{name}').x, graph.point('{name}').y]"))


def pixel(page: Any, x: float, y: float) -> tuple[float, float]:
    """Where (x, y) of the graph lies in the window."""
    left, top = page.evaluate(
        f"(() => {{ const b = graph.drawing.getBoundingClientRect();"
        f" return [b.left + graph.xs.at({x}), b.top + graph.ys.at({y})]; }})()"
    )
    return left, top


def test_ticks_are_round_and_few(module: Callable[..., Any]) -> None:
    assert module("graph-scale.js", "m.ticks({ from: -6, to: 6 }, 6)") == [-6, -4, -2, 0, 2, 4, 6]
    assert module("graph-scale.js", "m.ticks({ from: -0.2, to: 1.2 }, 8)") == [-0.2, 0, 0.2, 0.4, 0.6, 0.8, 1, 1.2]
    assert module("graph-scale.js", "m.ticks({ from: 1e-6, to: 1, log: true }, 4)") == pytest.approx(
        [1e-6, 1e-4, 1e-2, 1]
    )
    assert module("graph-scale.js", "[-0.5, 1e-6, 12000].map((value) => m.tickText(value, true))") == [
        "−0.5",
        "1e−6",
        "12000",
    ]
    there = "new m.Scale({ from: 0.01, to: 100, log: true }, 10, 410)"
    assert module("graph-scale.js", f"{there}.at(1)") == 210
    assert module("graph-scale.js", f"{there}.value(310)") == pytest.approx(10)
    assert "from < to" in module("graph-scale.js", "new m.Scale({ from: 1, to: 1 }, 0, 1)")


def test_a_line_lies_where_its_numbers_say(shown: Any) -> None:
    path = shown.locator("[data-name=f]").get_attribute("d")
    places = [tuple(map(float, part.split())) for part in path[1:].split("L")]
    for left, top in places[::40]:
        x, y = shown.evaluate(f"[graph.xs.value({left}), graph.ys.value({top})]")
        assert y == pytest.approx(x * x, abs=0.02)
    assert shown.locator("[data-name=broken]").get_attribute("d").count("M") == 2  # a gap where a value is none


def test_a_point_is_dragged_along_its_curve_and_the_page_hears_of_it(shown: Any) -> None:
    shown.evaluate("graph.point('on').put(1); moves.length = 0")
    shown.mouse.move(*pixel(shown, 1, 1))
    shown.mouse.down()
    shown.mouse.move(*pixel(shown, -1.52, 0), steps=4)  # below the curve: only x counts
    shown.mouse.up()
    x, y = where(shown, "on")
    assert [x, y] == [pytest.approx(-1.5), pytest.approx(2.25)]
    assert shown.evaluate("moves.at(-1)") == [x, y]
    slider = shown.get_by_role("slider", name="A point of the parabola")
    assert slider.get_attribute("aria-valuetext") == f"x {x:g}, y {y:g}"
    slider.press("ArrowRight")
    slider.press("Shift+ArrowRight")
    assert where(shown, "on") == [pytest.approx(-0.4), pytest.approx(0.16)]
    slider.press("Home")
    assert where(shown, "on") == [-2, 4]
    slider.press("ArrowLeft")  # no further than the graph
    assert where(shown, "on") == [-2, 4]


def test_a_free_point_goes_anywhere_within_its_bounds_also_by_a_click_or_a_finger(shown: Any) -> None:
    free = shown.get_by_role("slider", name="A free point")
    free.press("ArrowUp")
    assert where(shown, "free") == [0, 0.5]
    shown.evaluate("graph.point('on').put(-2)")
    shown.mouse.click(*pixel(shown, 1.4, 3.9))  # the nearest point comes, as far as it may
    assert where(shown, "free") == [1.5, 2]
    shown.touchscreen.tap(*pixel(shown, 1.5, 2))
    assert shown.evaluate("document.activeElement === graph.point('free').element")
    before = where(shown, "free")
    shown.touchscreen.tap(*pixel(shown, 0, -0.5))  # a finger beside all points scrolls the page
    assert where(shown, "free") == before


def test_points_keep_their_focus_when_they_are_described_anew(shown: Any) -> None:
    shown.get_by_role("slider", name="A free point").focus()
    shown.evaluate("graph.points([{ name: 'free', label: 'A free point', x: 1, y: 1, move: 'x' }])")
    assert shown.evaluate("document.activeElement === graph.point('free').element")
    assert shown.get_by_role("slider").count() == 1
    shown.keyboard.press("ArrowUp")  # a point of one direction takes both pairs of arrows
    assert where(shown, "free") == [pytest.approx(1.04), 1]
    said = shown.evaluate("(() => { try { graph.point('gone'); } catch (error) { return error.message; } })()")
    assert said == "point: expected one of free; received gone"


def test_it_follows_the_width_and_the_theme(shown: Any) -> None:
    light = shown.locator("[data-name=f]").get_attribute("stroke")
    shown.evaluate("dark(true)")
    assert shown.locator("[data-name=f]").get_attribute("stroke") != light
    shown.set_viewport_size({"width": 390, "height": 800})
    shown.wait_for_function("graph.drawing.getBoundingClientRect().width <= 390 && graph.drawnAt <= 390")
    assert shown.evaluate("document.documentElement.scrollWidth") <= 390
    assert shown.locator(".llg-legend span").all_inner_texts() == ["x²", "left"]


def test_square_axes_have_units_of_one_length(shown: Any) -> None:
    shown.evaluate("graph.square = true; graph.draw()")
    across, up = shown.evaluate("[graph.xs.at(1) - graph.xs.at(0), graph.ys.at(0) - graph.ys.at(1)]")
    assert math.isclose(across, up)


def test_words_at_upright_guides_lie_apart_and_within_the_graph(shown: Any) -> None:
    *words, (_, edge, _, _) = shown.evaluate(
        """() => {
          graph.guides([{ x: -1.9, text: "steepest" }, { x: -1.7, text: "lowest" }, { x: 1.95, text: "broken" }]);
          const texts = [...graph.layers.guides.querySelectorAll("text"), graph.drawing];
          const boxes = texts.map((text) => text.getBoundingClientRect());
          graph.guides([{ y: 1, text: "one" }]);
          return boxes.map(({ left, right, top, bottom }) => [left, right, top, bottom]);
        }"""
    )
    assert len(words) == 3 and all(right <= edge for _, right, _, _ in words)
    first, second, last = words
    assert second[0] < first[1], "side by side they would lie over one another"
    assert second[2] >= first[3] - 3, "so one stands under the other"
    assert last[2] == first[2], "where there is room it stands at the top"
