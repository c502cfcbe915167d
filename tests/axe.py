"""What axe-core finds on a page, in about half the time that its usual report takes."""

from __future__ import annotations

from typing import Any

from axe_playwright_python.base import AXE_SCRIPT  # type: ignore[import-untyped]  # it ships no types
from playwright.sync_api import Page

WCAG21 = ("wcag2a", "wcag2aa", "wcag21a", "wcag21aa")  # where Streamlit draws, too
WCAG22 = (*WCAG21, "wcag22aa")
# With `ours`, what Streamlit draws by itself does not count.
RUN = """([place, options, ours]) => axe.run(place ?? document, options).then(({ passes, violations }) => {
  const counts = ({ element, target }) => !ours || element.closest(".ll-root") || target.join().includes(".ll");
  return { passed: passes.length, violations: violations.map(({ id, nodes }) => ({ rule: id, nodes: nodes.filter(counts)
    .map(({ target, html, failureSummary }) => [target, html.slice(0, 200), failureSummary]) }))
    .filter(({ nodes }) => nodes.length) }; })"""


def violations(
    page: Page, place: str | None = None, *, ours: bool = False, tags: tuple[str, ...] = WCAG22
) -> list[dict[str, Any]]:
    """What axe finds at a place of the page, or in all of it; with `ours` only in what LayerLab draws."""
    if not page.evaluate("'axe' in window"):
        page.evaluate(AXE_SCRIPT)
    options = {
        "runOnly": {"type": "tag", "values": tags},
        "resultTypes": ["violations"],  # of all else one element a rule is enough: half the time goes into describing
        "preload": {"assets": ["media"]},  # no rule of these reads style sheets
        "elementRef": True,
    }
    found = page.evaluate(RUN, [place, options, ours])
    assert found["passed"], "axe looked at something"
    rows: list[dict[str, Any]] = found["violations"]
    return rows
