"""Several variants of one experiment, trained side by side: optimizers, cures, the folds of a cross-validation."""

from __future__ import annotations

import functools
import math
from collections import Counter
from collections.abc import Iterator
from typing import Annotated, Literal, Self

from pydantic import Field, JsonValue, model_validator

from dlcore.specs import limits
from dlcore.specs.experiment import Experiment
from dlcore.specs.layered import Layered
from dlcore.specs.sentence import shown
from dlcore.specs.spec import Spec, SpecError, live
from dlcore.specs.supervised import Supervised

Member = Supervised | Layered
CHANCE = frozenset({"seed", "data.seed", "data.fold"})  # fields that only choose what chance decides


class Variant(Spec):
    """What one of them does differently: fields of the base experiment by dotted path, with their values."""

    title: str = Field(min_length=1, max_length=40)
    changes: dict[str, JsonValue] = Field({})


class Race(Experiment):
    """A base experiment and its variants, which make one update each in turn.

    `Variant(title="Adam", changes={"training.optimizer": "adam", "training.learning_rate": 0.01})` is the base with two
    fields changed; no changes at all is the base itself. A live field of the base may change while they train, in all
    variants that do not set it themselves. Without arguments: three learning rates.

    A `timed` race is on the clock: every variant makes its updates apart, its seconds are counted, and it is said when
    its score on the test samples first reached the `goal`, in per cent (of right classes, or R² times 100).
    """

    version: Literal[1] = 1
    kind: Literal["race"] = "race"
    base: Annotated[Member, Field(discriminator="kind")] = Supervised()
    variants: tuple[Variant, ...] = Field(
        tuple(
            Variant(title=f"Learning rate {rate:g}", changes={"training.learning_rate": rate})
            for rate in (0.003, 0.03, 0.3)
        ),
        min_length=1,
        max_length=limits.VARIANTS,
    )
    timed: bool = False
    goal: int = live(90, ge=1, le=100)

    @model_validator(mode="after")
    def _every_variant_can_be_trained(self) -> Race:
        titles = Counter(variant.title for variant in self.variants)
        twice = next((title for title, count in titles.items() if count > 1), None)
        if twice is not None:
            raise ValueError(f"variants: expected a title of its own for each; received {shown(twice)} more than once")
        members = self.members
        if len({member.data.task for member in members}) > 1:
            raise ValueError("variants: expected one task for all, classes or numbers, so that they can be compared")
        sets = {member.data for member in members}  # folds of one set are sets of their own
        numbers = sum(data.count * math.prod(data.shape) for data in sets)
        stacks = [member for member in members if isinstance(member, Layered)]
        for used, limit, what in (
            (numbers, limits.RACE_NUMBERS, "numbers to learn from and to test on"),
            (sum(stack.walk.parameters for stack in stacks), limits.PARAMETERS, "parameters"),
            (
                sum(stack.batch * stack.walk.multiply_adds for stack in stacks),
                limits.BATCH_MULTIPLY_ADDS,
                "multiply-adds an update",
            ),
        ):
            if used > limit:
                raise ValueError(
                    f"variants: all together have {used:,} {what}, and {limit:,} are allowed; take fewer variants, "
                    "smaller batches, a smaller network, or fewer samples"
                )
        return self

    @functools.cached_property
    def members(self) -> tuple[Member, ...]:
        """The experiments of the variants, in their order.

        Raises: ValueError: a variant changes what is not there, or to what is not allowed.
        """
        return tuple(self._members())

    def _members(self) -> Iterator[Member]:
        for number, variant in enumerate(self.variants):
            try:
                yield self.base.replace(variant.changes)
            except SpecError as error:
                raise ValueError(
                    f"variants.{number}.changes: the variant {shown(variant.title)} is no experiment: "
                    f"{str(error).removesuffix('.')}"
                ) from None

    @property
    def repeats(self) -> bool:
        """Whether the variants differ in nothing but chance: in seeds, or in which fold of the data is tested.

        Their mean and spread then say how good the one experiment is.
        """
        return len(self.variants) > 1 and all(set(variant.changes) <= CHANCE for variant in self.variants)

    def exact(self) -> Self:
        """Every variant along the way of the exported program, whatever the way it asked for."""
        variants = [
            {"title": row.title, "changes": {path: row.changes[path] for path in row.changes if path != STEP}}
            for row in self.variants
        ]
        return self.replace({"base": self.base.exact(), "variants": variants})


STEP = "training.step"


def cross_validation(base: Member, folds: int) -> Race:
    """The base experiment trained `folds` times, each time tested on another part of its data.

    Raises: SpecError: the data cannot be divided so.
    """
    variants = [{"title": f"Fold {number + 1}", "changes": {"data.fold": number}} for number in range(folds)]
    return Race.parse({"base": base.replace({"data.folds": folds}), "variants": variants})
