"""The update as a textbook writes it: predict, measure the loss, find its gradient, move the weights against it."""

from __future__ import annotations

import copy
import math
from typing import Any

import torch
from torch import Tensor, nn

from dlcore.networks.build import with_dropout
from dlcore.networks.dropout import SeenDropout
from dlcore.specs.learns import Learns
from dlcore.training.augment import augment, augmentation_of
from dlcore.training.balance import chances_of, importance_of
from dlcore.training.make import (
    make_loss,
    make_optimizer,
    schedule_factor,
    set_learning_rate,
    set_optimizer_settings,
)
from dlcore.training.regularizers import penalty, shrink, weights
from dlcore.training.sampler import Sampler


class TextbookTrainer:
    """Mini-batch training of any `nn.Sequential` with autograd and an optimizer of `torch.optim`."""

    together: str | None = None
    late = 0
    why_not_recorded: str | None = None

    def __init__(
        self, spec: Learns, network: nn.Sequential, x: Tensor, targets: Tensor, loss: nn.Module | None = None
    ) -> None:
        """`loss` (outputs, targets) -> a scalar; None: the one that the spec names."""
        self.training, self.network, self.x, self.targets = spec.training, network, x, targets
        self.importance = importance_of(spec, targets)
        self.loss = loss or make_loss(spec, reduction="mean" if self.importance is None else "none", smooth=True)
        self.optimizer = make_optimizer(spec, network.parameters())
        self.sampler = Sampler(len(x), spec, chances_of(spec, targets))
        self.schedule = schedule_factor(spec.training)
        self.augmentation = augmentation_of(spec)
        self.updates = 0
        self.batch_loss = math.nan
        self.parameters: list[Tensor] = list(network.parameters())
        self._weights = [parameter.detach() for parameter in self.parameters]  # the same numbers, unseen by autograd
        self.before = [weight.clone() for weight in self._weights]

    @property
    def masks(self) -> list[Tensor]:
        """What dropout multiplied the last update's activations by, (samples, units) a layer with dropout."""
        return [layer.mask for layer in self._dropouts if layer.mask is not None]

    @property
    def _dropouts(self) -> list[SeenDropout]:
        return [layer for layer in self.network.modules() if isinstance(layer, SeenDropout)]

    @property
    def updates_an_epoch(self) -> int:
        """Updates that see every training sample once."""
        return self.sampler.updates_an_epoch

    @property
    def epoch(self) -> float:
        """Rounds through the training samples so far, as a real number."""
        return self.sampler.epoch

    @property
    def between_epochs(self) -> bool:
        """Whether the last update was the last of its epoch."""
        return self.sampler.between_epochs

    def step(self) -> float | None:
        """One update. Gives its loss if that is infinite or not a number, else None."""
        set_learning_rate(self.optimizer, self.training.learning_rate * self.schedule(self.epoch))
        loss = self.learn(*self.batch(self.sampler.next()))
        self.updates += 1
        value: float = loss.item()
        self.batch_loss = value
        return None if math.isfinite(value) else value

    def settle(self) -> float | None:
        """There is never anything left to look at: `step` has seen the loss of every update."""
        return None

    def batch(self, chosen: Tensor) -> tuple[Tensor, ...]:
        """What an update learns from: inputs, targets and, where samples differ in it, what each of them counts.

        Images are changed by chance here, where that is asked for, so that what is measured sees them as they are.
        """
        x, targets = self.x[chosen], self.targets[chosen]
        if self.augmentation is not None:
            x = augment(x, self.augmentation)
        return (x, targets) if self.importance is None else (x, targets, self.importance[chosen])

    def learn(self, x: Tensor, targets: Tensor, importance: Tensor | None = None) -> Tensor:
        """Move the weights against the gradient of the loss of one mini-batch, and give that loss.

        On a graphics card these operations may be recorded and repeated without running this code again
        (`dlcore.training.graphed`), so nothing here may differ from update to update but the tensors.
        """
        training = self.training
        torch._foreach_copy_(self.before, self._weights)

        if not self.network.training:
            self.network.train()
        predictions = self.network(x)
        loss = self.loss(predictions, targets)
        if importance is not None:
            loss = (loss * importance).mean()
        l1 = 0.0 if training.l1_proximal else training.l1
        if l1 or training.l2:
            loss = loss + penalty(self.network, l1, training.l2)
        for parameter in self.parameters:  # as `optimizer.zero_grad()`, which tells profilers of it and takes longer
            parameter.grad = None
        loss.backward()
        if training.gradient_clip is not None:
            torch.nn.utils.clip_grad_norm_(self.parameters, training.gradient_clip)
        self.optimizer.step()
        if training.l1 and training.l1_proximal:
            shrink(weights(self.network), self.optimizer.param_groups[0]["lr"] * training.l1)
        value: Tensor = loss.detach()
        return value

    def change(self, spec: Learns) -> None:
        """Use another learning rate, batch size, regularization … from the next update on."""
        if spec.training.dropout != self.training.dropout:  # layers of dropout that stand in the spec are the lab's
            self.network = with_dropout(self.network, spec.training.dropout)
        self.training = spec.training
        set_optimizer_settings(self.optimizer, spec.training)
        self.schedule = schedule_factor(spec.training)
        self.augmentation = augmentation_of(spec)
        self.sampler.change(spec)

    def state_dict(self) -> dict[str, Any]:
        """Weights, last gradients, optimizer, the order of the samples."""
        state = {
            "network": self.network.state_dict(),
            "gradients": [parameter.grad for parameter in self.parameters],
            "before": self.before,
            "optimizer": self.optimizer.state_dict(),
            "sampler": self.sampler.state_dict(),
            "updates": self.updates,
            "masks": [layer.mask for layer in self._dropouts],
        }
        return copy.deepcopy(state)  # the tensors go on changing

    def load_state_dict(self, state: dict[str, Any]) -> None:
        """Go back to a state of this very spec."""
        state = copy.deepcopy(state)
        self.network.load_state_dict(state["network"])
        for parameter, gradient in zip(self.parameters, state["gradients"], strict=True):
            parameter.grad = None if gradient is None else _laid_out(gradient, parameter)
        self.before = [_laid_out(*pair) for pair in zip(state["before"], self.parameters, strict=True)]
        self.optimizer.load_state_dict(state["optimizer"])
        for parameter, gathered in self.optimizer.state.items():
            for name, value in gathered.items():
                if isinstance(value, Tensor) and value.shape == parameter.shape:
                    gathered[name] = _laid_out(value, parameter)
        self.sampler.load_state_dict(state["sampler"])
        self.updates = state["updates"]
        self.batch_loss = math.nan
        for layer, mask in zip(self._dropouts, state["masks"], strict=True):
            layer.mask = mask


def _laid_out(values: Tensor, parameter: Tensor) -> Tensor:
    """The values on the parameter's device and in its order in memory, which a state on its way may have lost.

    Sums over them are then taken in the same order, so that they come out the same to the last bit.
    """
    return torch.empty_like(parameter, requires_grad=False).copy_(values)
