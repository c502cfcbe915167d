"""Learning-rate schedules: the factor that multiplies the learning rate as training goes on."""

from __future__ import annotations

import functools
import math
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from dlcore.training.rows import find


@dataclass(frozen=True, slots=True, kw_only=True)
class Schedule:
    """One schedule: `factor(epoch, **settings)`, `epoch` a real number from 0; `settings` are (field, default)."""

    name: str
    title: str
    formula: str
    factor: Callable[..., float]
    settings: tuple[tuple[str, float], ...] = ()


def constant(epoch: float) -> float:
    """1 at every epoch."""
    return 1.0


def step(epoch: float, every: float, decay: float) -> float:
    """`decay` to the power of the number of whole periods of `every` epochs gone by."""
    return float(decay ** math.floor(epoch / every))


def cosine(epoch: float, epochs: float) -> float:
    """From 1 down to 0 over `epochs` along half a cosine, 0 afterwards. Source: Loshchilov & Hutter 2017."""
    return 0.5 * (1 + math.cos(math.pi * min(epoch / epochs, 1.0)))


def warm_up(epoch: float, epochs: float) -> float:
    """A straight line that reaches 1 after `epochs`, 1 afterwards; the very first update already moves."""
    return min((epoch + 1e-2) / epochs, 1.0) if epochs > 0 else 1.0


SCHEDULES = (
    Schedule(name="constant", title="Constant", formula=r"\eta", factor=constant),
    Schedule(
        name="step",
        title="Step",
        formula=r"\eta\,d^{\lfloor t/k\rfloor}",
        factor=step,
        settings=(("every", 50.0), ("decay", 0.5)),
    ),
    Schedule(
        name="cosine",
        title="Cosine",
        formula=r"\tfrac{\eta}{2}\left(1+\cos\tfrac{\pi t}{T}\right)",
        factor=cosine,
        settings=(("epochs", 200.0),),
    ),
    Schedule(
        name="warm_up",
        title="Warm-up",
        formula=r"\eta\min\left(\tfrac{t+0.01}{T},1\right)",
        factor=warm_up,
        settings=(("epochs", 10.0),),
    ),
)


def factor_of(schedule: Any) -> Callable[[float], float]:
    """The schedule of a spec (`training.schedule`) as a function of the epoch, for a loop that asks at every update."""
    row = find(SCHEDULES, schedule.kind, "training.schedule")
    return functools.partial(row.factor, **schedule.model_dump(exclude={"kind"}))
