"""Clouds are the same ones every time, and lie on the plane."""

from __future__ import annotations

import pytest

from dlcore.specs.limits import DRAWN_POINTS
from ui.lessons.losses_clouds import EDGE, Cloud, drawn


def test_clouds_are_points_of_their_class() -> None:
    data = drawn((Cloud(x1=1, x2=2, spread=0.1, count=3, label=0), Cloud(x1=5.9, x2=-5.9, spread=2, count=50, label=1)))
    assert data == drawn(
        (Cloud(x1=1, x2=2, spread=0.1, count=3, label=0), Cloud(x1=5.9, x2=-5.9, spread=2, count=50, label=1))
    )
    assert [point["label"] for point in data["points"]] == [0] * 3 + [1] * 50
    assert all(abs(point["x1"]) <= EDGE and abs(point["x2"]) <= EDGE for point in data["points"])
    assert all(abs(point["x1"] - 1) < 0.6 and abs(point["x2"] - 2) < 0.6 for point in data["points"][:3])


def test_too_many_points_are_refused() -> None:
    with pytest.raises(ValueError, match=str(DRAWN_POINTS)):
        drawn((Cloud(x1=0, x2=0, spread=1, count=DRAWN_POINTS + 1, label=0),))
