"""An experiment with Rosenblatt's perceptron: one unit, one sample at a time, no gradient."""

from __future__ import annotations

from typing import Literal

from pydantic import model_validator

from dlcore.specs import limits
from dlcore.specs.data import DataSpec, GeneratedData, Seed
from dlcore.specs.experiment import Experiment
from dlcore.specs.spec import live


class Perceptron(Experiment):
    """Data on the plane with two classes, the size of a correction, and the seed of the samples' order."""

    version: Literal[1] = 1
    kind: Literal["perceptron"] = "perceptron"
    data: DataSpec = GeneratedData(name="gauss")
    learning_rate: float = live(1.0, gt=0.0, le=limits.LEARNING_RATE)  # how far one mistake moves the weights
    epochs: int | None = live(None, ge=1, le=limits.EPOCHS)
    seed: Seed = 0

    @model_validator(mode="after")
    def _two_classes_on_a_plane(self) -> Perceptron:
        if self.data.task != "binary":
            raise ValueError(f"data: a perceptron tells two classes apart; this data set is for {self.data.task}")
        return self
