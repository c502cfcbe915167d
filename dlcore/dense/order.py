"""The order in which one replica goes through its samples, the same as `dlcore.training.sampler.Sampler`'s."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import torch
from torch import Tensor

from dlcore.training.batches import steps_an_epoch


def _nothing() -> Tensor:
    return torch.empty(0, dtype=torch.int64)


@dataclass(slots=True, kw_only=True, eq=False)
class Order:
    """Where a replica is: `left` (m,) int64 are the samples of this epoch that are still to come.

    With `chances` (samples,) an epoch is drawn with replacement (`dlcore.training.balance.equal_chances`).
    """

    samples: int
    size: int  # of a batch
    chances: Tensor | None = None
    left: Tensor = field(default_factory=_nothing)
    epochs: int = 0  # whole epochs done
    updates: int = 0  # updates done in this epoch

    @property
    def whole(self) -> bool:
        """Whether from here on every batch is the whole set, in its own order."""
        # in this order: a tensor's length takes its time
        return self.size >= self.samples and self.chances is None and not len(self.left)

    @property
    def updates_left(self) -> int:
        """Updates until this epoch's samples are used up; 0 between epochs."""
        return -(-len(self.left) // self.size)

    @property
    def updates_an_epoch(self) -> int:
        """Updates in an epoch at the present batch size."""
        return steps_an_epoch(self.samples, self.size)

    @property
    def epoch(self) -> float:
        """Rounds through the samples so far, as a real number."""
        an_epoch = self.updates + self.updates_left if self.updates else self.updates_an_epoch
        return (self.epochs * an_epoch + self.updates) / an_epoch

    def draw(self, generator: torch.Generator) -> None:
        """Begin an epoch: one `torch.randperm` (or `torch.multinomial`) of the replica's own generator."""
        if self.chances is None:
            self.left = torch.randperm(self.samples, generator=generator)
        else:
            self.left = torch.multinomial(self.chances, self.samples, replacement=True, generator=generator)

    def advance(self, updates: int) -> None:
        """Count updates as done; they do not reach beyond this epoch, or every one of them is an epoch."""
        if not updates:
            return
        if self.whole:
            self.epochs += updates
            return
        self.left = self.left[updates * self.size :]
        self.updates += updates
        if not len(self.left):
            self.epochs, self.updates = self.epochs + 1, 0

    def state_dict(self) -> dict[str, Any]:
        """Where we are, in the words of `Sampler.state_dict`."""
        return {"left": self.left.clone(), "epochs": self.epochs, "updates": self.updates, "size": self.size}

    def load_state_dict(self, state: dict[str, Any]) -> None:
        """Go back to where we were."""
        self.left, self.size = state["left"].clone(), state["size"]
        self.epochs, self.updates = state["epochs"], state["updates"]
