"""An experiment in supervised learning: a network learns from samples with known answers."""

from __future__ import annotations

from typing import Literal, Self

from pydantic import model_validator

from dlcore.specs.agreement import require_batch_of_two, require_classes, require_drawable, require_fitting_loss
from dlcore.specs.data import DataSpec, GeneratedData, Seed
from dlcore.specs.experiment import Experiment
from dlcore.specs.network import NetworkSpec
from dlcore.specs.training import TrainingSpec
from dlcore.training.losses import LOSSES
from dlcore.training.rows import find


class Supervised(Experiment):
    """Data, network, training and the seed of weights, mini-batches and dropout."""

    version: Literal[1] = 1
    kind: Literal["supervised"] = "supervised"
    data: DataSpec = GeneratedData()
    network: NetworkSpec = NetworkSpec()
    training: TrainingSpec = TrainingSpec()
    seed: Seed = 0

    @model_validator(mode="after")
    def _loss_fits_task(self) -> Supervised:
        task = self.data.task
        require_fitting_loss(self.training.loss, task)
        require_drawable(self.data.shape[0])
        row = find(LOSSES, self.training.loss, "training.loss")
        if self.network.output != "auto" and self.network.output not in row.outputs[task]:
            raise ValueError(
                f"network.output: with {row.title.lower()} on this data set the output activation can be "
                f"{', '.join(row.outputs[task])}; received {self.network.output!r}"
            )
        require_batch_of_two(self.training, batch_norm=self.batch_norm)
        require_classes(self.training, task)
        return self

    def exact(self) -> Self:
        """The same experiment with the textbook's update, which is what the exported program does."""
        return self.replace({"training.step": "textbook"})

    @property
    def batch_norm(self) -> bool:
        """Whether the hidden layers compare the samples of a batch."""
        return self.network.batch_norm

    @property
    def output(self) -> str:
        """The output activation in use: the one asked for, or the usual one for this loss and task."""
        if self.network.output != "auto":
            return self.network.output
        return find(LOSSES, self.training.loss, "training.loss").outputs[self.data.task][0]
