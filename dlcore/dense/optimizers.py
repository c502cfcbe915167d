"""Optimizers over flat tensors: every formula of `dlcore.training.optimizers`, in the order of `torch.optim`'s sums."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import torch
from torch import Tensor

from dlcore.training.device import to_device
from dlcore.training.optimizers import OPTIMIZERS
from dlcore.training.rows import find

EPSILON = 1e-8
EPSILON_ADAGRAD = 1e-10  # torch.optim.Adagrad has its own default


@dataclass(slots=True, kw_only=True, eq=False)
class Pace:
    """How far each of K replicas goes: `rates` are their learning rates, `updates` how many updates each has made.

    `owner` (K * P,) says which replica an element of theta belongs to.
    """

    rates: list[float]
    updates: list[int]
    owner: Tensor
    rates_changed: bool = True

    def spread(self, values: Sequence[Sequence[float]], into: Tensor) -> Tensor:
        """`into` (n, K * P), each row filled with every replica's own value out of n rows of K.

        So one operation on flat tensors serves all replicas, each with a number of its own.
        """
        torch.index_select(to_device(torch.tensor(values, dtype=into.dtype), into.device), 1, self.owner, out=into)
        return into


class Optimizer:
    """Moves theta against the gradient. `memory` holds what a rule gathers, by name, each like theta."""

    names: tuple[str, ...] = ()  # of the memory

    def __init__(self, theta: Tensor, settings: Mapping[str, Any]) -> None:
        self.theta, self.settings = theta, settings
        self.memory = {name: torch.zeros_like(theta) for name in self.names}
        self._own = theta.new_zeros(2, len(theta))  # numbers of each replica's own
        self._step, self._correction = self._own[0], self._own[1]
        self._work, self._other = torch.zeros_like(theta), torch.zeros_like(theta)

    def update(self, gradient: Tensor, pace: Pace) -> None:
        """One update; `pace.updates` already counts it."""
        self.prepare(pace)
        self.move(gradient)

    def prepare(self, pace: Pace) -> None:
        """Bring the numbers that differ from update to update to where theta is: minus the learning rates."""
        if pace.rates_changed:
            pace.spread([[-rate for rate in pace.rates]], self._own[:1])
            pace.rates_changed = False

    def move(self, gradient: Tensor) -> None:
        """The rest of an update: the same operations on tensors each time, so that a graphics card may repeat them."""
        raise NotImplementedError

    def _number(self, value: float) -> Tensor:
        # a plain float would be made a tensor and converted at every use, which costs as much as the operation
        return self.theta.new_tensor(value)


class SGD(Optimizer):
    """w <- w - η g."""

    def move(self, gradient: Tensor) -> None:
        """One step."""
        self.theta.addcmul_(gradient, self._step)


class Momentum(Optimizer):
    """v <- μ v + g, then w <- w - η v; Nesterov: w <- w - η (g + μ v).

    With μ = 0 nothing is gathered, as in torch.optim.SGD.
    """

    names = ("v",)

    def __init__(self, theta: Tensor, settings: Mapping[str, Any]) -> None:
        super().__init__(theta, settings)
        self.mu = settings["momentum"]
        self._keep = self._number(self.mu)

    def move(self, gradient: Tensor) -> None:
        """One step."""
        direction = gradient
        if self.mu:
            v = self.memory["v"].mul_(self._keep).add_(gradient)
            direction = torch.add(gradient, v, alpha=self.mu, out=self._work) if self.settings.get("nesterov") else v
        self.theta.addcmul_(direction, self._step)


class Adagrad(Optimizer):
    """s <- s + g², w <- w - η g / (√s + ε)."""

    names = ("s",)

    def __init__(self, theta: Tensor, settings: Mapping[str, Any]) -> None:
        super().__init__(theta, settings)
        self._epsilon = self._number(EPSILON_ADAGRAD)

    def move(self, gradient: Tensor) -> None:
        """One step."""
        s = self.memory["s"].addcmul_(gradient, gradient)
        root = torch.sqrt(s, out=self._work).add_(self._epsilon)
        self.theta.addcdiv_(torch.mul(gradient, self._step, out=self._other), root)


class RMSprop(Optimizer):
    """s <- α s + (1 - α) g², w <- w - η g / (√s + ε)."""

    names = ("s",)

    def __init__(self, theta: Tensor, settings: Mapping[str, Any]) -> None:
        super().__init__(theta, settings)
        self.alpha = settings["alpha"]
        self._keep, self._epsilon = self._number(self.alpha), self._number(EPSILON)

    def move(self, gradient: Tensor) -> None:
        """One step."""
        s = self.memory["s"].mul_(self._keep).addcmul_(gradient, gradient, value=1 - self.alpha)
        root = torch.sqrt(s, out=self._work).add_(self._epsilon)
        self.theta.addcdiv_(torch.mul(gradient, self._step, out=self._other), root)


class Adam(Optimizer):
    """m <- β₁ m + (1 - β₁) g, s <- β₂ s + (1 - β₂) g², w <- w - η m̂ / (√ŝ + ε); AdamW first shrinks w by η λ w.

    m̂ = m / (1 - β₁ᵗ) and ŝ = s / (1 - β₂ᵗ) with t each replica's own count of updates.
    """

    names = ("m", "s")

    def __init__(self, theta: Tensor, settings: Mapping[str, Any]) -> None:
        super().__init__(theta, settings)
        self.beta1, self.beta2 = settings["betas"]
        self.decay = settings.get("weight_decay", 0.0)
        self._keep, self._epsilon = self._number(self.beta2), self._number(EPSILON)
        self._shrink = theta.new_ones(1, len(theta))

    def prepare(self, pace: Pace) -> None:
        """Minus the learning rates over what corrects m, and what corrects √s; these change with every update."""
        if self.decay and pace.rates_changed:
            pace.spread([[1 - rate * self.decay for rate in pace.rates]], self._shrink)
            pace.rates_changed = False
        steps = [-rate / (1 - self.beta1**t) for rate, t in zip(pace.rates, pace.updates, strict=True)]
        pace.spread([steps, [(1 - self.beta2**t) ** 0.5 for t in pace.updates]], self._own)

    def move(self, gradient: Tensor) -> None:
        """One step."""
        if self.decay:
            self.theta.mul_(self._shrink[0])
        m = self.memory["m"].lerp_(gradient, 1 - self.beta1)
        s = self.memory["s"].mul_(self._keep).addcmul_(gradient, gradient, value=1 - self.beta2)
        root = torch.addcdiv(self._epsilon, torch.sqrt(s, out=self._work), self._correction, out=self._work)
        self.theta.addcdiv_(torch.mul(m, self._step, out=self._other), root)


RULES: dict[str, type[Optimizer]] = {
    "gd": SGD,
    "sgd": SGD,
    "momentum": Momentum,
    "nesterov": Momentum,
    "adagrad": Adagrad,
    "rmsprop": RMSprop,
    "adam": Adam,
    "adamw": Adam,
}


def make_optimizer(chosen: Any, theta: Tensor) -> Optimizer:
    """The optimizer that a spec's `training.optimizer` asks for, over theta (K * P,)."""
    row = find(OPTIMIZERS, chosen.kind, "training.optimizer")
    rule: Callable[[Tensor, Mapping[str, Any]], Optimizer] = RULES[row.name]
    return rule(theta, row.arguments(chosen))
