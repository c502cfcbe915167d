"""What axe-core finds on a page."""

from __future__ import annotations

from typing import Any

from axe_playwright_python.base import AXE_SCRIPT  # type: ignore[import-untyped]  # it ships no types
from learner import Learner

OPTIONS = {
    "runOnly": {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa"]},
    "resultTypes": ["violations"],  # of all else one element a rule is enough: half the time goes into describing them
    "preload": {"assets": ["media"]},  # no rule of these reads style sheets
    "elementRef": True,
}
# With `ours`, what Streamlit draws by itself does not count.
RUN = """([place, options, ours]) => axe.run(place ?? document, options).then(({ passes, violations }) => {
  const counts = ({ element, target }) => !ours || element.closest(".ll-root") || target.join().includes(".ll");
  return { passed: passes.length, violations: violations.map(({ id, nodes }) => ({ rule: id, nodes: nodes.filter(counts)
    .map(({ target, html, failureSummary }) => [target, html.slice(0, 200), failureSummary]) }))
    .filter(({ nodes }) => nodes.length) }; })"""


def violations(learner: Learner, place: str | None = None, ours: bool = False) -> list[dict[str, Any]]:
    """What axe finds at a place of the page, or in all of it; with `ours` only in what LayerLab draws."""
    if not learner.page.evaluate("'axe' in window"):
        learner.page.evaluate(AXE_SCRIPT)
    found = learner.page.evaluate(RUN, [place, OPTIONS, ours])
    assert found["passed"], "axe looked at something"
    rows: list[dict[str, Any]] = found["violations"]
    return rows
