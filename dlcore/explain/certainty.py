"""How sure a network is of the class that it says."""

from __future__ import annotations

import torch
from torch import Tensor

from dlcore.networks.build import output_activation
from dlcore.networks.outputs import encoding_of, on_logits
from dlcore.specs.learns import Learns
from dlcore.training.targets import decode, threshold


def gives_probabilities(spec: Learns) -> bool:
    """Whether the network's answers are probabilities: it ends, or its loss works, on a softmax or a sigmoid."""
    return on_logits(spec) or spec.output in ("softmax", "sigmoid")


def certainty(outputs: Tensor, spec: Learns) -> tuple[Tensor, Tensor]:
    """The predicted classes (n,) int64, and how sure each is (n,), from outputs (n, outputs).

    Where there are probabilities: that of the predicted class (with one output p: p or 1 - p). Else the predicted
    class's output, with one output its distance from the threshold.

    Raises: ValueError: the data ask for numbers, not classes.
    """
    predicted = decode(outputs, spec)
    answers = output_activation(spec)(outputs) if on_logits(spec) else outputs
    if encoding_of(spec) in ("index", "one_hot"):
        return predicted, answers.gather(1, predicted[:, None])[:, 0]
    one = answers[:, 0]
    if gives_probabilities(spec):
        return predicted, torch.where(predicted == 1, one, 1 - one)
    return predicted, (one - threshold(spec)).abs()
