"""The output layer that data and loss ask for: how many units, and how a target is written down for them."""

from __future__ import annotations

from typing import Literal

from dlcore.specs.data import DrawnData
from dlcore.specs.learns import Learns
from dlcore.specs.own_images import OwnImages
from dlcore.specs.own_table import OwnTable
from dlcore.training.losses import LOSSES
from dlcore.training.rows import find

Encoding = Literal["value", "bit", "sign", "index", "one_hot"]


def classes_of(spec: Learns) -> int:
    """The number of classes C of the data; 0 for regression."""
    if isinstance(spec.data, DrawnData):
        return 3 if spec.data.task == "multiclass" else 2
    return len(spec.data.classes if isinstance(spec.data, OwnTable | OwnImages) else spec.data.card.classes)


def encoding_of(spec: Learns) -> Encoding:
    """How a target y becomes the number(s) that the loss compares with the outputs.

    `value`: y itself (regression). `bit`: 0 or 1, for an output between 0 and 1. `sign`: -1 or +1, for a tanh or linear
    output. `index`: the class number, for cross-entropy. `one_hot`: 1 at the true class and 0 at the others.
    """
    task = spec.data.task
    if task == "regression":
        return "value"
    if spec.training.loss == "cross_entropy":
        return "index"
    if task == "multiclass":
        return "one_hot"
    return "bit" if spec.output == "sigmoid" else "sign"


def outputs_of(spec: Learns) -> int:
    """Number of output units: C with cross-entropy or more than two classes, else 1."""
    return classes_of(spec) if encoding_of(spec) in ("index", "one_hot") else 1


def on_logits(spec: Learns) -> bool:
    """Whether the loss works on scores (logits), so that the network ends before its output activation."""
    return find(LOSSES, spec.training.loss, "training.loss").logits
