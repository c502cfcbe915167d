"""An experiment in supervised learning: a network learns from samples with known answers."""

from __future__ import annotations

from typing import Literal, Self

from pydantic import model_validator

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
        row, task = find(LOSSES, self.training.loss, "training.loss"), self.data.task
        if task not in row.outputs:
            fitting = ", ".join(loss.name for loss in LOSSES if task in loss.outputs)
            wants = "two classes" if row.name == "bce" else "classes"
            has = {
                "regression": "numbers, not classes,",
                "binary": "two classes",
                "multiclass": "more than two classes",
            }
            raise ValueError(
                f"training.loss: {row.title.lower()} needs {wants} to predict, and this data set has {has[task]} "
                f"as its targets; use one of {fitting}"
            )
        if self.network.output != "auto" and self.network.output not in row.outputs[task]:
            raise ValueError(
                f"network.output: with {row.title.lower()} on this data set the output activation can be "
                f"{', '.join(row.outputs[task])}; received {self.network.output!r}"
            )
        if self.network.batch_norm and self.training.batch_size == 1:
            raise ValueError(
                "training.batch_size: batch normalization compares the samples of a batch, so a batch needs at "
                "least 2; received 1"
            )
        return self

    def exact(self) -> Self:
        """The same experiment with the textbook's update, which is what the exported program does."""
        return self.replace({"training.step": "textbook"})

    @property
    def output(self) -> str:
        """The output activation in use: the one asked for, or the usual one for this loss and task."""
        if self.network.output != "auto":
            return self.network.output
        return find(LOSSES, self.training.loss, "training.loss").outputs[self.data.task][0]
