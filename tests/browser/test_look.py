"""How it looks: fits a projector and a phone, follows the theme, and is accessible."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe  # type: ignore[import-untyped]  # it ships no types
from learner import Learner

pytestmark = pytest.mark.browser
Visit = Callable[..., Learner]
WCAG = {"runOnly": {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa"]}}
SETTLED = "() => !document.querySelector('.ll-skeleton') || document.querySelectorAll('.ll-plot .main-svg').length > 0"


def violations(learner: Learner, place: str | None = None) -> list[dict[str, Any]]:
    """What axe-core finds at a place of the page, or in all of it."""
    found = Axe().run(learner.page, context=place, options=WCAG)
    assert found.response["passes"], "axe looked at something"
    return [
        {
            "rule": row["id"],
            "nodes": [(node["target"], node["html"][:200], node["failureSummary"]) for node in row["nodes"]],
        }
        for row in found.response["violations"]
    ]


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
@pytest.mark.parametrize("path", ["/playground", "/perceptron"])
def test_axe_finds_no_violation_in_what_we_draw(visit: Visit, path: str, dark: bool) -> None:
    learner = visit(path, dark=dark)
    page = learner.page
    for _ in range(3):
        learner.button("One epoch").click()
    learner.until("live.store.frame.step > 0")
    page.wait_for_function(SETTLED)
    assert violations(learner, ".ll-root") == []
    for tab in page.locator(".ll-tab").all():
        tab.click()
        page.locator(f"#{tab.get_attribute('aria-controls')}").wait_for(state="visible")
        assert violations(learner, ".ll-tabs") == [], tab.inner_text()
    page.evaluate("scrollTo(0, 0)")
    page.locator(".llv-unit").last.focus()
    page.keyboard.press("Enter")
    page.get_by_role("dialog", name="Set a weight by hand").wait_for()
    assert violations(learner, ".llv-network") == []
    page.keyboard.press("Escape")
    elsewhere = [row for row in violations(learner) if any(".ll" in str(target) for target, *_ in row["nodes"])]
    assert elsewhere == []


def test_the_theme_follows_the_system(visit: Visit) -> None:
    learner = visit(dark=True)
    assert learner.page.locator(".ll-root").get_attribute("data-theme") == "dark"
    background = learner.page.evaluate("getComputedStyle(document.querySelector('.stApp')).backgroundColor")
    assert background == "rgb(16, 21, 28)"
    assert learner.live("live.palette.background").lower() in ("#10151c", "rgb(16, 21, 28)")
    learner.page.emulate_media(color_scheme="light")
    learner.page.wait_for_selector(".ll-root[data-theme=light]")


def test_the_main_view_fits_a_projector(visit: Visit) -> None:
    learner = visit()
    for name in ("network", "output", "loss", "score"):
        box = learner.page.locator(f"[data-view={name}]").bounding_box()
        assert box is not None and box["y"] >= 0 and box["y"] + box["height"] <= 720, (name, box)
    scroller = "document.querySelector('[data-testid=stMain]')"
    assert learner.page.evaluate(f"{scroller}.scrollTop") == 0


@pytest.mark.parametrize("path", ["/", "/playground", "/perceptron", "/playground?example=breast-cancer"])
def test_nothing_is_wider_than_a_phone(visit: Visit, path: str) -> None:
    learner = visit(path, width=390, height=844)
    page = learner.page
    if path == "/":
        page.get_by_role("heading", name="LayerLab").wait_for()
    else:
        bar = page.locator(".ll-bar").bounding_box()
        assert bar is not None and bar["y"] >= 0 and bar["y"] + bar["height"] <= 845, "the bar is in reach"
        learner.button("Play").click()
        learner.until("live.store.frame?.step > 0 || live.store.state.status === 'finished'")
    assert page.evaluate("document.scrollingElement.scrollWidth") <= 390
    wide = """() => { const main = document.querySelector("[data-testid=stMain]");
      return [main.scrollWidth, [...main.querySelectorAll("*")].filter((e) => {
        const box = e.getBoundingClientRect();
        if (!box.width || box.right <= innerWidth + 1 || !e.checkVisibility()) return false;
        for (let at = e.parentElement; at && at !== main; at = at.parentElement)
          if (["auto", "scroll", "hidden", "clip"].includes(getComputedStyle(at).overflowX)) return false;
        return true; }).map((e) => e.outerHTML.slice(0, 120)).slice(0, 5)]; }"""
    width, sticking_out = page.evaluate(wide)
    assert width <= 390 and sticking_out == []


def test_every_page_has_its_own_title(visit: Visit) -> None:
    learner = visit("/perceptron")
    learner.page.wait_for_function("document.title === 'Perceptron · LayerLab'")
    learner.page.get_by_role("link", name="Playground").first.click()
    learner.page.wait_for_url("**/playground**")
    learner.arrive()
    learner.page.wait_for_function("document.title === 'Playground · LayerLab'")
    learner.until("live.store.description.lab === 'supervised'")
