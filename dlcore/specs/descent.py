"""Balls on a loss surface: where they start, and which optimizer moves each of them."""

from __future__ import annotations

import functools
import operator
from collections import Counter
from typing import TYPE_CHECKING, Annotated, Any, Literal

from pydantic import BeforeValidator, Field, create_model, model_validator

from dlcore.specs import limits
from dlcore.specs.data import Seed
from dlcore.specs.experiment import Experiment
from dlcore.specs.sentence import shown
from dlcore.specs.spec import Spec, live
from dlcore.specs.training import OptimizerSpec
from dlcore.training.optimizers import OPTIMIZERS
from dlcore.training.rows import find
from dlcore.training.surfaces import SURFACES, Surface


def _surfaces() -> Any:
    # one spec class a registry row, with the settings of that surface and nothing else
    classes = []
    for row in SURFACES:
        fields: dict[str, Any] = {"kind": (Literal[row.name], row.name)}
        fields |= {name: (float, Field(default, ge=least, le=most)) for name, default, least, most in row.settings}
        classes.append(create_model(f"Surface_{row.name}", __base__=Spec, **fields))
    named = BeforeValidator(lambda value: {"kind": value} if isinstance(value, str) else value)
    return Annotated[functools.reduce(operator.or_, classes), Field(discriminator="kind"), named]


if TYPE_CHECKING:
    SurfaceSpec = Any
else:
    SurfaceSpec = _surfaces()


class Racer(Spec):
    """One ball: the optimizer that moves it, its learning rate, and what it is called (else as its optimizer)."""

    optimizer: OptimizerSpec
    learning_rate: float = live(0.03, gt=0.0, le=limits.LEARNING_RATE)
    title: str = Field("", max_length=40)

    @property
    def name(self) -> str:
        """What it is called."""
        return self.title or find(OPTIMIZERS, self.optimizer.kind, "optimizer").title


def racers_for(surface: str) -> tuple[Racer, ...]:
    """All eight optimizers, each with a learning rate that suits it on this surface.

    Raises: ValueError: there is no such surface.
    """
    rates = find(SURFACES, surface, "surface").rates
    titles = {"gd": "Gradient descent"}  # there is no batch here
    return tuple(
        Racer.parse({"optimizer": row.name, "learning_rate": rates[row.name], "title": titles.get(row.name, "")})
        for row in OPTIMIZERS
    )


class Descent(Experiment):
    """A surface, the place from which all balls start, the balls, and after how many steps it is over.

    `noise` is the standard deviation of what is added to both parts of every gradient, the same for all balls, as if
    they saw the same mini-batches; None is the surface's own. Gradient descent sees the whole: to it none is added.
    """

    version: Literal[1] = 1
    kind: Literal["descent"] = "descent"
    surface: SurfaceSpec = Field("valley", validate_default=True)
    start: tuple[float, float] = SURFACES[0].start
    noise: float | None = live(None, ge=0.0, le=100.0)
    racers: tuple[Racer, ...] = Field(racers_for("valley"), max_length=limits.VARIANTS)
    steps: int = live(200, ge=1, le=limits.DESCENT_STEPS)
    seed: Seed = 0

    @model_validator(mode="after")
    def _balls_are_told_apart_and_in_sight(self) -> Descent:
        if not self.racers:
            raise ValueError("racers: expected at least one ball that rolls; received none")
        names = Counter(racer.name for racer in self.racers)
        twice = next((name for name, count in names.items() if count > 1), None)
        if twice is not None:
            raise ValueError(f"racers: expected a title of its own for each; received {shown(twice)} more than once")
        for place, (low, high), axis in zip(self.start, self.row.range, ("first", "second"), strict=True):
            if not low <= place <= high:
                raise ValueError(
                    f"start: expected a place on the surface, its {axis} number from {low:g} to {high:g}; "
                    f"received {place:g}"
                )
        return self

    @property
    def row(self) -> Surface:
        """The registry row of the surface."""
        return find(SURFACES, self.surface.kind, "surface")

    @property
    def settings(self) -> dict[str, float]:
        """The settings of the surface, by name."""
        values: dict[str, float] = self.surface.model_dump(exclude={"kind"})
        return values

    @property
    def spread(self) -> float:
        """The standard deviation of the gradients' noise."""
        return self.row.noise if self.noise is None else self.noise
