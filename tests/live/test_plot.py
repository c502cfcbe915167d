"""Plotly views: what the real figure builders make of the frames, in a real browser."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from harness import Harness

from ui.charts.registry import figures

pytestmark = pytest.mark.browser
Visit = Callable[..., Any]
VIEWS = ("loss", "gradients", "bars", "histogram", "surface3d")
LAYOUT = {"top": [["loss", 1], ["bars", 1]], "below": [["gradients", 1]]}


@pytest.fixture
def run(harness: Harness) -> Any:
    """A run whose figures are those of ui/charts."""
    harness.run.only = VIEWS
    harness.run.figures = lambda: figures({"views": harness.run.views()})
    return harness.run


def wait_drawn(page: Any, *views: str) -> None:
    for view in views:
        page.wait_for_selector(f"[data-view={view}] .main-svg", timeout=15_000)


def data(page: Any, view: str, expression: str) -> Any:
    """An expression over `p`, the plot's element."""
    return page.evaluate(
        f"(() => {{ const p = document.querySelector('[data-view={view}] .ll-plot'); return {expression}; }})()"
    )


def test_curves_hold_the_very_numbers_of_the_history(visit: Visit, run: Any) -> None:
    for _ in range(30):
        run.step()
    page = visit(height=700, layout=LAYOUT)
    wait_drawn(page, "loss", "bars")
    rows = run.rows
    assert data(page, "loss", "[...p.data[0].y]") == [row[2] for row in rows]
    assert data(page, "loss", "[...p.data[1].x]") == [row[1] for row in rows]
    norms = [run.losses()[f"gradient_norm/{layer}"] for layer in (1, 2, 3)]
    assert data(page, "bars", "[...p.data[0].y]") == pytest.approx(norms)
    assert data(page, "loss", "p.layout.hovermode") == "x unified"
    run.step()
    page.wait_for_function("document.querySelector('[data-view=loss] .ll-plot').data[0].y.length == 32")


def test_a_curve_switches_between_linear_and_logarithmic(visit: Visit, run: Any) -> None:
    page = visit(height=700, layout=LAYOUT)
    wait_drawn(page, "loss", "gradients")
    loss, gradients = page.locator("[data-view=loss] .ll-toggle"), page.locator("[data-view=gradients] .ll-toggle")
    assert loss.get_attribute("aria-pressed") == "false" and gradients.get_attribute("aria-pressed") == "true"
    loss.click()
    page.wait_for_function("document.querySelector('[data-view=loss] .ll-plot').layout.yaxis.type == 'log'")
    assert loss.get_attribute("aria-pressed") == "true"
    gradients.click()
    page.wait_for_function("document.querySelector('[data-view=gradients] .ll-plot').layout.yaxis.type == 'linear'")
    assert page.locator("[data-view=bars] .ll-toggle").count() == 0


def test_a_zoom_stays_while_frames_arrive(visit: Visit, run: Any) -> None:
    page = visit(height=700, layout=LAYOUT)
    wait_drawn(page, "loss")
    box = page.locator("[data-view=loss] .nsewdrag").bounding_box()
    page.mouse.move(box["x"] + 20, box["y"] + 40)
    page.mouse.down()
    page.mouse.move(box["x"] + 120, box["y"] + 42, steps=5)
    page.mouse.up()
    page.wait_for_function("!document.querySelector('[data-view=loss] .ll-plot')._fullLayout.xaxis.autorange")
    zoomed = data(page, "loss", "p._fullLayout.xaxis.range")
    run.status = "playing"
    page.wait_for_function("document.querySelector('[data-view=loss] .ll-plot').data[0].y.length > 60")
    assert data(page, "loss", "p._fullLayout.xaxis.range") == zoomed


@pytest.mark.alone  # at least two a second asks for a machine that has the time
def test_charts_take_turns_at_four_a_second(visit: Visit, run: Any) -> None:
    page = visit(height=1000, layout=LAYOUT)
    wait_drawn(page, "loss", "bars", "gradients")
    run.status = "playing"
    page.wait_for_timeout(500)
    rate = page.evaluate("""async () => { let n = 0; const began = performance.now();
      const react = Plotly.react; Plotly.react = (...a) => { n++; return react(...a); };
      await new Promise((done) => setTimeout(done, 3000)); Plotly.react = react;
      return (1000 * n) / (performance.now() - began); }""")
    assert 2 <= rate <= 4.4


def test_histogram_and_surface(visit: Visit, run: Any) -> None:
    run.step()
    page = visit(height=900, layout={"top": [["histogram", 1], ["surface3d", 1]]})
    page.wait_for_function(
        "document.querySelector('[data-view=histogram] .ll-plot')?.data?.[0]?.y?.length == 12", timeout=15_000
    )
    assert sum(data(page, "histogram", "[...p.data[0].y]")) <= run.weights[0].size
    page.wait_for_function(
        "document.querySelector('[data-view=surface3d] .ll-plot')?.data?.[0]?.z?.length == 30", timeout=15_000
    )
    heights = data(page, "surface3d", "[p.data[0].z[0][0], p.data[0].z[29][3]]")
    grid = run.grid(30)[-1].reshape(30, 30)
    assert heights == pytest.approx([grid[0, 0], grid[29, 3]], abs=1e-6)


def test_colours_follow_the_theme(visit: Visit, run: Any) -> None:
    page = visit(height=700, layout=LAYOUT)
    wait_drawn(page, "loss")
    light = data(page, "loss", "[p.layout.font.color, p.data[0].line.color]")
    page.evaluate("window.dark(true)")
    page.wait_for_function(f"document.querySelector('[data-view=loss] .ll-plot').layout.font.color != '{light[0]}'")
    dark = data(page, "loss", "[p.layout.font.color, p.data[0].line.color, p.data[1].line.dash]")
    assert dark[1] != light[1] and dark[2] == "dash"


def test_few_lines_have_their_legend_in_the_header(visit: Visit, run: Any) -> None:
    page = visit(height=700, layout=LAYOUT)
    wait_drawn(page, "loss")
    keys = page.locator("[data-view=loss] .ll-key")
    assert keys.all_inner_texts() == ["train", "test"]
    styles = keys.locator("i").evaluate_all("(all) => all.map((e) => getComputedStyle(e).borderTopStyle)")
    assert styles == ["solid", "dashed"] and data(page, "loss", "p.layout.showlegend") is False
