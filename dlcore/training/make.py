"""From rows to PyTorch: the loss, the optimizer and the learning rate that a spec asks for."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import torch
from torch import nn

from dlcore.specs.supervised import Supervised
from dlcore.training.losses import LOSSES
from dlcore.training.optimizers import OPTIMIZERS
from dlcore.training.rows import find
from dlcore.training.schedules import SCHEDULES


def make_loss(spec: Supervised) -> nn.Module:
    """The loss as a module: (outputs, encoded targets) -> mean over samples and outputs, a scalar."""
    module: nn.Module = getattr(nn, find(LOSSES, spec.training.loss, "training.loss").module)()
    return module


def make_optimizer(spec: Supervised, parameters: Iterable[nn.Parameter]) -> torch.optim.Optimizer:
    """The optimizer of a spec over the parameters, at the learning rate of the very first update."""
    training = spec.training
    row = find(OPTIMIZERS, training.optimizer.kind, "training.optimizer")
    optimizer: torch.optim.Optimizer = getattr(torch.optim, row.module)(
        parameters, lr=training.learning_rate * rate_factor(training.schedule, 0.0), **row.arguments(training.optimizer)
    )
    return optimizer


def set_learning_rate(optimizer: torch.optim.Optimizer, rate: float) -> None:
    """Let the next updates use this learning rate."""
    for group in optimizer.param_groups:
        group["lr"] = rate


def rate_factor(schedule: Any, epoch: float) -> float:
    """What the learning rate is multiplied by for the update that begins at `epoch`, a real number from 0."""
    row = find(SCHEDULES, schedule.kind, "training.schedule")
    return float(row.factor(epoch, **schedule.model_dump(exclude={"kind"})))
