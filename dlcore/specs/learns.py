"""What every experiment in learning from samples says, whatever its network is made of."""

from __future__ import annotations

from typing import Protocol

from dlcore.specs.data import AnyData
from dlcore.specs.training import TrainingSpec


class Learns(Protocol):
    """The part of a spec that losses, targets, mini-batches and trainers read."""

    @property
    def data(self) -> AnyData:
        """What is learned from."""

    @property
    def training(self) -> TrainingSpec:
        """How it is learned."""

    @property
    def output(self) -> str:
        """The activation function at the end: the network's own, or the one within the loss."""

    @property
    def batch_norm(self) -> bool:
        """Whether a layer compares the samples of a batch, so that a batch needs two."""
