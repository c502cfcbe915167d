"""What axe-core finds on a page of the app."""

from __future__ import annotations

from typing import Any

from learner import Learner

from tests import axe

# While a script runs, Streamlit lets what it has not drawn anew yet fade
AT_REST = """() => document.querySelector(".stApp").dataset.testScriptState === "notRunning"
  && !document.querySelector("[data-testid=stElementContainer][data-stale=true]")
  && !document.getAnimations().some((one) => one instanceof CSSTransition)"""


def violations(learner: Learner, place: str | None = None, ours: bool = False) -> list[dict[str, Any]]:
    """What axe finds at a place of the page, or in all of it; with `ours` only in what LayerLab draws."""
    learner.page.wait_for_function(AT_REST)
    return axe.violations(learner.page, place, ours=ours, tags=axe.WCAG21)
