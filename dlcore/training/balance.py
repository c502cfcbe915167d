"""Rare classes: what a sample counts in the loss, and how often it is drawn."""

from __future__ import annotations

import torch
from torch import Tensor

from dlcore.networks.outputs import encoding_of
from dlcore.specs.learns import Learns
from dlcore.training.targets import decode


def class_numbers(targets: Tensor, spec: Learns) -> Tensor:
    """The class numbers (n,), int64, on the CPU, that `dlcore.training.targets.encode` made the targets from.

    Raises: ValueError: the data asks for numbers, not classes.
    """
    found = targets if encoding_of(spec) == "index" else decode(targets, spec)
    return found.cpu()


def balanced_weights(classes: Tensor) -> Tensor:
    """What each of n samples counts, (n,) float32: n / (C · n_c), n_c samples being of its class, C classes present.

    Every class then has the same weight in the whole, n / C, and a sample counts 1 on average. `classes` (n,) int64.
    """
    counts = torch.bincount(classes)
    return (len(classes) / (counts.count_nonzero() * counts))[classes]


def equal_chances(classes: Tensor) -> Tensor:
    """How likely each of n samples is drawn, (n,) float32, up to a common factor: 1 / n_c.

    Every class then comes as often as any other. `classes` (n,) int64.
    """
    return (1 / torch.bincount(classes))[classes]


def importance_of(spec: Learns, targets: Tensor) -> Tensor | None:
    """What the training samples count in the loss, beside losses (n,) or (n, outputs); None: all the same."""
    if spec.training.class_weights == "none":
        return None
    weights = balanced_weights(class_numbers(targets, spec)).to(targets.device)
    return weights if encoding_of(spec) == "index" else weights.reshape(-1, 1)


def chances_of(spec: Learns, targets: Tensor) -> Tensor | None:
    """How likely the training samples are drawn, (n,) on the CPU; None: an epoch sees every sample once."""
    return equal_chances(class_numbers(targets, spec)) if spec.training.oversampling else None
