"""A small network with all its numbers and one sample, to be followed through one update step by step."""

from __future__ import annotations

import math
from typing import Annotated

from pydantic import Field, field_validator, model_validator

from dlcore.specs import limits
from dlcore.specs.spec import Spec
from dlcore.training.activations import ACTIVATIONS
from dlcore.training.losses import LOSSES
from dlcore.training.rows import find

HALF = "half_squared"  # ½ (y − a)²: the loss of textbooks, whose derivative has no 2
LOSS_NAMES = (HALF, *(row.name for row in LOSSES))
ON_SCORES = {"bce": "sigmoid", "cross_entropy": "softmax"}  # losses that take their output activation into themselves

Number = Annotated[float, Field(ge=-1e5, le=1e5)]


class TracedLayer(Spec):
    """One layer: `weights` (units, inputs), `biases` (units), and the activation of its units."""

    weights: tuple[tuple[Number, ...], ...] = Field(min_length=1, max_length=limits.TRACED_UNITS)
    biases: tuple[Number, ...]
    activation: str = "relu"

    @field_validator("activation")
    @classmethod
    def _known(cls, name: str) -> str:
        return find(ACTIVATIONS, name, "activation").name

    @model_validator(mode="after")
    def _shapes_fit(self) -> TracedLayer:
        if len(self.biases) != len(self.weights):
            raise ValueError(f"biases: expected {len(self.weights)}, one a unit; received {len(self.biases)}")
        if len({len(row) for row in self.weights}) != 1:
            raise ValueError("weights: expected as many in every unit; received rows of different lengths")
        return self


class Traced(Spec):
    """A network, a sample and a learning rate; `layers` end with the output layer.

    `target` has one number an output; with cross-entropy 1 for the true class and 0 for the others.
    """

    inputs: tuple[Number, ...] = Field(min_length=1, max_length=limits.TRACED_INPUTS)
    layers: tuple[TracedLayer, ...] = Field(min_length=1, max_length=limits.TRACED_LAYERS + 1)
    target: tuple[Number, ...]
    loss: str = HALF
    learning_rate: float = Field(0.1, gt=0, le=limits.LEARNING_RATE)

    @field_validator("loss")
    @classmethod
    def _known(cls, name: str) -> str:
        if name not in LOSS_NAMES:
            raise ValueError(f"loss: expected one of {', '.join(LOSS_NAMES)}; received {name!r}")
        return name

    @model_validator(mode="after")
    def _layers_fit(self) -> Traced:
        width = len(self.inputs)
        for number, layer in enumerate(self.layers):
            if len(layer.weights[0]) != width:
                raise ValueError(f"layers.{number}.weights: expected {width} a unit; received {len(layer.weights[0])}")
            width = len(layer.weights)
            if layer.activation == "softmax" and number < len(self.layers) - 1:
                raise ValueError(f"layers.{number}.activation: softmax is for the output layer")
        if len(self.target) != width:
            raise ValueError(f"target: expected {width}, one an output; received {len(self.target)}")
        return self

    @model_validator(mode="after")
    def _loss_fits(self) -> Traced:
        needed = ON_SCORES.get(self.loss)
        if needed and self.layers[-1].activation != needed:
            raise ValueError(
                f"layers.{len(self.layers) - 1}.activation: with {self.loss} the output is {needed}; "
                f"received {self.layers[-1].activation!r}"
            )
        if self.loss == "cross_entropy" and sorted(self.target) != [0.0] * (len(self.target) - 1) + [1.0]:
            raise ValueError("target: with cross_entropy expected a single 1, at the true class, and 0 elsewhere")
        if self.loss == "bce" and not all(0 <= value <= 1 for value in self.target):
            raise ValueError("target: with bce expected numbers from 0 to 1")
        return self

    @property
    def on_scores(self) -> bool:
        """Whether the loss works on the scores z, so that the network ends before its output activation."""
        return self.loss in ON_SCORES

    @property
    def units(self) -> tuple[int, ...]:
        """The units of every layer, the output layer last."""
        return tuple(len(layer.weights) for layer in self.layers)

    def with_number(self, name: str, value: float) -> Traced:
        """The same with one number changed: `input/i`, `target/k`, `weight/l/j/i` or `bias/l/j`, all from 0.

        Raises: SpecError: there is no such number, or the value is not allowed.
        """
        kind, *place = name.split("/")
        if not isinstance(value, int | float) or not math.isfinite(value):
            value = math.nan  # JSON has none, so the spec refuses it with its own sentence
        path = {
            "input": "inputs.{}",
            "target": "target.{}",
            "weight": "layers.{}.weights.{}.{}",
            "bias": "layers.{}.biases.{}",
        }.get(kind, name)
        return self.replace({path.format(*place, "", "", ""): value})


# The worked example of a tutorial, whose printed numbers are not all right (ui/lessons/backpropagation_mistakes.py)
WORKED = Traced(
    inputs=(2.0,),
    layers=(
        TracedLayer(weights=((0.5,), (0.8,)), biases=(0.1, -0.3), activation="relu"),
        TracedLayer(weights=((0.4, 0.4),), biases=(0.2,), activation="linear"),
    ),
    target=(1.5,),
)
