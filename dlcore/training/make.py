"""From rows to PyTorch: the loss, the optimizer and the learning rate that a spec asks for."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Literal

import torch
from torch import nn

from dlcore.specs.learns import Learns
from dlcore.specs.training import TrainingSpec
from dlcore.training.losses import LOSSES
from dlcore.training.optimizers import OPTIMIZERS
from dlcore.training.rows import find
from dlcore.training.schedules import factor_of


def make_loss(spec: Learns, *, reduction: Literal["mean", "none"] = "mean", smooth: bool = False) -> nn.Module:
    """The loss as a module: (outputs, encoded targets) -> mean over samples and outputs, a scalar.

    With the reduction "none" it gives the loss of each: (n, outputs), with cross-entropy (n,). `smooth`: with the
    label smoothing of the spec, which belongs to updates; what is shown is measured without.
    """
    row = find(LOSSES, spec.training.loss, "training.loss")
    smoothing = {"label_smoothing": spec.training.label_smoothing} if smooth and spec.training.label_smoothing else {}
    module: nn.Module = getattr(nn, row.module)(reduction=reduction, **smoothing)
    return module


def make_optimizer(spec: Learns, parameters: Iterable[nn.Parameter]) -> torch.optim.Optimizer:
    """The optimizer of a spec over the parameters, at the learning rate of the very first update."""
    training = spec.training
    row = find(OPTIMIZERS, training.optimizer.kind, "training.optimizer")
    optimizer: torch.optim.Optimizer = getattr(torch.optim, row.module)(
        parameters, lr=learning_rate_at(training, 0.0), **row.arguments(training.optimizer)
    )
    return optimizer


def set_optimizer_settings(optimizer: torch.optim.Optimizer, training: TrainingSpec) -> None:
    """Give a running optimizer the spec's settings (momentum, betas …) and keep what it has gathered."""
    row = find(OPTIMIZERS, training.optimizer.kind, "training.optimizer")
    for group in optimizer.param_groups:
        group.update(row.arguments(training.optimizer))


def set_learning_rate(optimizer: torch.optim.Optimizer, rate: float) -> None:
    """Let the next updates use this learning rate."""
    for group in optimizer.param_groups:
        group["lr"] = rate


def learning_rate_at(training: TrainingSpec, epoch: float) -> float:
    """Learning rate of the update that begins at `epoch`, a real number from 0: the rate times the factor."""
    return training.learning_rate * schedule_factor(training)(epoch)


def schedule_factor(training: TrainingSpec) -> Callable[[float], float]:
    """The schedule of a spec as a function of the epoch, for a loop that asks at every update."""
    return factor_of(training.schedule)
