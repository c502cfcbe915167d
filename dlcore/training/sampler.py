"""Walking through the training samples: which ones make the next mini-batch, and where in the epoch we are."""

from __future__ import annotations

from typing import Any

import torch
from torch import Tensor

from dlcore.specs.learns import Learns
from dlcore.training.batches import batch_size_of, batches, epoch_order, steps_an_epoch


class Sampler:
    """The mini-batches of one epoch after the other; the batch size may change at any update.

    With `chances` (samples,) an epoch is drawn with replacement (`dlcore.training.balance.equal_chances`).
    """

    def __init__(self, samples: int, spec: Learns, chances: Tensor | None = None) -> None:
        self.samples, self.chances = samples, chances
        self.batch_norm = spec.batch_norm
        self.size = batch_size_of(spec, samples)
        self.epochs = 0  # whole epochs done
        self.updates = 0  # updates done in this epoch
        self._cut: list[Tensor] = []  # the batches of this epoch that are still to come

    @property
    def updates_an_epoch(self) -> int:
        """Updates in an epoch at the present batch size."""
        return steps_an_epoch(self.samples, self.size, batch_norm=self.batch_norm)

    @property
    def epoch(self) -> float:
        """Rounds through the training samples so far, as a real number."""
        an_epoch = self.updates + len(self._cut) if self.updates else self.updates_an_epoch
        return (self.epochs * an_epoch + self.updates) / an_epoch

    def next(self) -> Tensor:
        """The samples of the next update, int64 (batch,); a new epoch draws a new order."""
        if not self._cut:
            self._split(epoch_order(self.samples, self.size, self.chances))
        chosen = self._cut.pop(0)
        self.updates += 1
        if not self._cut:
            self.epochs, self.updates = self.epochs + 1, 0
        return chosen

    @property
    def between_epochs(self) -> bool:
        """Whether the last update was the last of its epoch."""
        return self.updates == 0

    def change(self, spec: Learns) -> None:
        """Cut what is left of the epoch into batches of another size."""
        size = batch_size_of(spec, self.samples)
        if size != self.size:
            left, self.size = self._left(), size
            self._split(left)

    def _left(self) -> Tensor:
        return torch.cat(self._cut) if self._cut else torch.empty(0, dtype=torch.int64)

    def _split(self, order: Tensor) -> None:
        self._cut = list(batches(order, self.size, batch_norm=self.batch_norm)) if len(order) else []

    def state_dict(self) -> dict[str, Any]:
        """Where we are."""
        return {"left": self._left(), "epochs": self.epochs, "updates": self.updates, "size": self.size}

    def load_state_dict(self, state: dict[str, Any]) -> None:
        """Go back to where we were."""
        self.size, self.epochs, self.updates = state["size"], state["epochs"], state["updates"]
        self._split(state["left"])
