"""Targets as the loss wants them, and outputs back as classes."""

from __future__ import annotations

import numpy as np
import torch
from torch import Tensor, nn

from dlcore.networks.outputs import classes_of, encoding_of
from dlcore.specs.learns import Learns


def encode(y: np.ndarray | Tensor, spec: Learns) -> Tensor:
    """Targets y (n,) as the loss of the spec compares them with the network's outputs.

    Regression: y itself, float32 (n, 1). Two classes and one output unit: 0/1, or -1/+1 for a tanh or linear output,
    float32 (n, 1). Cross-entropy: class numbers, int64 (n,). More than two classes with another loss: one-hot, float32
    (n, C). `dlcore.networks.outputs.encoding_of` says which.
    """
    y = torch.as_tensor(y)
    match encoding_of(spec):
        case "value" | "bit":
            return y.float().reshape(-1, 1)
        case "sign":
            return 2 * y.float().reshape(-1, 1) - 1
        case "index":
            return y.long()
        case "one_hot":
            return nn.functional.one_hot(y.long(), classes_of(spec)).float()


def decode(outputs: Tensor, spec: Learns) -> Tensor:
    """The predicted class numbers (n,), int64, from outputs (n, outputs) as `build`'s network returns them.

    One unit: class 1 above the middle, which is 0 for scores and -1/+1 targets, 0.5 for 0/1 targets. Several: the unit
    with the largest output.

    Raises: ValueError: the data asks for numbers, not classes.
    """
    encoding = encoding_of(spec)
    if encoding == "value":
        raise ValueError("decode: a regression predicts numbers; it has no classes")
    if encoding in ("index", "one_hot"):
        return outputs.argmax(dim=1)
    return (outputs[:, 0] > threshold(spec)).long()


def threshold(spec: Learns) -> float:
    """The output of a single unit above which the class is 1."""
    return 0.5 if encoding_of(spec) == "bit" and spec.training.loss != "bce" else 0.0
