"""Supervised runs of one shape that train as one: a class on the same exercise, a sweep over seeds or rates."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from dlcore.dense.trainer import Crew, DenseTrainer

if TYPE_CHECKING:
    from dlcore.labs.supervised import SupervisedLab


class SupervisedGroup:
    """One update of all costs little more than one of a single run; each lab still ends its own epochs."""

    def __init__(self, labs: Sequence[SupervisedLab]) -> None:
        trainers = [lab.trainer for lab in labs if isinstance(lab.trainer, DenseTrainer)]
        if len(trainers) < len(labs) or len({trainer.together for trainer in trainers}) > 1:
            raise ValueError(f"labs: expected the same key of all; received {[lab.group_key for lab in labs]}")
        self._labs, self._crew = tuple(labs), Crew(trainers)

    @property
    def whole(self) -> bool:
        """Whether nobody has left."""
        return self._crew.whole

    def step(self) -> Mapping[int, Exception | None]:
        """One update of every lab; to whom something happened, and what its own `step` would have raised."""
        happened = self._crew.step()
        return {number: self._after(number, lost) for number, lost in happened.items()} if happened else {}

    def _after(self, number: int, lost: float | None) -> Exception | None:
        try:
            self._labs[number].after_update(lost)
        except Exception as error:  # whatever one lab raises must not stop the others
            return error
        return None
