"""What a learner asks for in a network: inputs, hidden layers, output activation, how the weights start."""

from __future__ import annotations

from typing import Literal

from pydantic import Field, field_validator

from dlcore.networks.features import FEATURES
from dlcore.specs import limits
from dlcore.specs.spec import Spec
from dlcore.training.activations import ACTIVATIONS
from dlcore.training.initializations import INITIALIZATIONS
from dlcore.training.rows import find


class Dense(Spec):
    """A fully connected hidden layer: every unit sees every output of the layer before."""

    kind: Literal["dense"] = "dense"
    units: int = Field(4, ge=1, le=limits.UNITS)
    activation: str = "tanh"

    @field_validator("activation")
    @classmethod
    def _known(cls, name: str) -> str:
        return find((row for row in ACTIVATIONS if row.hidden), name, "activation").name


class NetworkSpec(Spec):
    """A stack of hidden layers between the inputs and the output layer that the data and the loss ask for."""

    features: tuple[str, ...] = ("x1", "x2")  # what the network sees of a point on the plane; unused for tables
    layers: tuple[Dense, ...] = Field((Dense(units=4), Dense(units=2)), max_length=limits.HIDDEN_LAYERS)
    output: str = "auto"  # the output activation; auto takes the usual one for the loss
    initialization: str = "xavier"
    batch_norm: bool = False

    @field_validator("features")
    @classmethod
    def _features(cls, names: tuple[str, ...]) -> tuple[str, ...]:
        for name in names:
            find(FEATURES, name, "features")
        if not names:
            raise ValueError("features: expected at least one input; received none")
        if len(set(names)) != len(names):
            raise ValueError(f"features: expected each feature once; received {', '.join(names)}")
        return names

    @field_validator("output")
    @classmethod
    def _output(cls, name: str) -> str:
        return name if name == "auto" else find((r for r in ACTIVATIONS if r.output), name, "output").name

    @field_validator("initialization")
    @classmethod
    def _initialization(cls, name: str) -> str:
        return find(INITIALIZATIONS, name, "initialization").name
