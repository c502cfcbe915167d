"""What axe-core finds on a page of the app."""

from __future__ import annotations

from typing import Any

from learner import Learner

from tests import axe


def violations(learner: Learner, place: str | None = None, ours: bool = False) -> list[dict[str, Any]]:
    """What axe finds at a place of the page, or in all of it; with `ours` only in what LayerLab draws."""
    learner.settle()
    return axe.violations(learner.page, place, ours=ours, tags=axe.WCAG21)
