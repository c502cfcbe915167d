from dataclasses import dataclass, field
from typing import Any

import pytest

from dlcore.engine.publishing import Publisher


@dataclass
class Playing:
    frame_cost: float
    views: frozenset[str] = field(default_factory=lambda: frozenset({"plane"}))
    rate_wanted: float = 20.0
    status: str = "playing"


def interval(*runs: Playing) -> float:
    publisher = Publisher(None)  # type: ignore[arg-type]
    hosted: Any = dict(enumerate(runs))
    publisher._runs = hosted
    return publisher._frame_interval(hosted[0])


@pytest.mark.parametrize(
    ("runs", "seconds"),
    [
        ([Playing(0.002)], 0.048),
        ([Playing(0.002, rate_wanted=5.0)], 0.192),
        ([Playing(0.002, rate_wanted=100.0)], 0.0384),
        ([Playing(0.002)] * 10, 0.08),  # a quarter of the time
        ([Playing(0.002)] * 40, 0.2),  # five a second
        ([Playing(0.005)] * 40, 0.2 / 0.6),  # more is not possible
        ([Playing(0.002), *[Playing(0.5, status="paused")] * 5], 0.048),
        ([Playing(0.002, views=frozenset())], 0.25),
        ([Playing(0.002, views=frozenset())] * 50, 0.4),
    ],
)
def test_frames_become_rarer_before_training_starves(runs: list[Playing], seconds: float) -> None:
    assert interval(*runs) == pytest.approx(seconds)
