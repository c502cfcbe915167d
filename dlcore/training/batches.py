"""Mini-batches: in which order an epoch goes through the training samples, and how it is cut.

All randomness of a run comes from PyTorch's global generator: `torch.manual_seed(spec.seed)` once, the draws of
`dlcore.networks.build.build`, then for every epoch one `torch.randperm` and, update by update, the masks of dropout.
The same seed gives the same run.
"""

from __future__ import annotations

from typing import Any

import torch
from torch import Tensor

from dlcore.specs.supervised import Supervised
from dlcore.training.optimizers import OPTIMIZERS
from dlcore.training.rows import find


def batch_size_of(spec: Supervised, samples: int) -> int:
    """Samples of one update, at most all there are; all for an optimizer that looks at the whole set."""
    training = spec.training
    if training.batch_size == "all" or find(OPTIMIZERS, training.optimizer.kind, "training.optimizer").full_batch:
        return samples
    return min(training.batch_size, samples)


class Batches:
    """Which samples each update uses, epoch after epoch.

    At the start of an epoch the samples are shuffled by one draw of `torch.randperm`; one batch that holds everything
    keeps the order of the set and draws nothing. The last batch of an epoch holds what is left; with batch
    normalization, which cannot work with one sample, a single left-over sample waits for the next epoch.

    Raises: ValueError: no samples, or a single one with batch normalization.
    """

    def __init__(self, samples: int, spec: Supervised) -> None:
        least = 2 if spec.network.batch_norm else 1
        if samples < least:
            raise ValueError(f"training samples: this network needs at least {least}; received {samples}")
        self.samples = samples
        self._end = samples - (least - 1)  # no batch begins here or later
        self._size = batch_size_of(spec, samples)
        self._order: Tensor | None = None
        self._position = 0
        self._epochs = 0

    @property
    def an_epoch(self) -> int:
        """Updates in one epoch at the present batch size."""
        return len(range(0, self._end, self._size))

    @property
    def epoch(self) -> float:
        """Epochs gone by: whole ones, and the share of the samples already taken in the present one."""
        return self._epochs + self._position / self.samples

    def next(self) -> tuple[Tensor | slice, bool]:
        """The samples of the next update as an index (k,), and whether they end an epoch."""
        start, stop = self._position, min(self._position + self._size, self.samples)
        if start == 0:
            self._order = None if stop == self.samples else torch.randperm(self.samples)
        chosen = slice(None) if self._order is None else self._order[start:stop]
        self._position = stop
        last = stop >= self._end
        if last:
            self._position, self._epochs = 0, self._epochs + 1
        return chosen, last

    def change(self, spec: Supervised) -> None:
        """Cut what is left of the epoch by the batch size of another spec."""
        self._size = batch_size_of(spec, self.samples)

    def state_dict(self) -> dict[str, Any]:
        """Where the run is: the order of the epoch and the place in it."""
        return {"order": self._order, "position": self._position, "epochs": self._epochs, "size": self._size}

    def load_state_dict(self, state: dict[str, Any]) -> None:
        """Go back to a place that `state_dict` gave."""
        self._order, self._position = state["order"], state["position"]
        self._epochs, self._size = state["epochs"], state["size"]
