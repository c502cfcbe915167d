"""Points for the races of losses: clouds of a class each, always the same ones, as if drawn by hand."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from dlcore.specs.limits import DRAWN_POINTS

EDGE = 5.9  # the plane ends at 6


@dataclass(frozen=True, slots=True, kw_only=True)
class Cloud:
    """So many points of a class around a place, with a standard deviation `spread` in both coordinates."""

    x1: float
    x2: float
    spread: float
    count: int
    label: int


def drawn(clouds: tuple[Cloud, ...], test_share: float = 0.3) -> dict[str, Any]:
    """The data of an experiment with these points, to one decimal place. Raises: ValueError: too many points."""
    if sum(cloud.count for cloud in clouds) > DRAWN_POINTS:
        raise ValueError(f"clouds: expected at most {DRAWN_POINTS} points together")
    rng = np.random.default_rng(0)
    points = []
    for cloud in clouds:
        places = rng.normal((cloud.x1, cloud.x2), cloud.spread, (cloud.count, 2)).clip(-EDGE, EDGE).round(1)
        points += [{"x1": float(x1), "x2": float(x2), "label": cloud.label} for x1, x2 in places]
    return {"kind": "drawn", "points": points, "test_share": test_share}
