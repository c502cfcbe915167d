"""L1, L2, dropout and gradient clipping, each replica with its own strength."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any

import torch
from torch import Tensor

from dlcore.dense.network import DenseNetwork
from dlcore.dense.optimizers import Pace
from dlcore.specs.training import TrainingSpec
from dlcore.training.device import to_device


class Regularizers:
    """What is done to the gradients and the hidden layers of K networks beside the loss.

    `settings` holds the K replicas' training specs. What no replica asks for costs nothing.
    """

    def __init__(self, network: DenseNetwork, pace: Pace, settings: Sequence[TrainingSpec]) -> None:
        self.network, self._pace = network, pace
        like: Any = {"dtype": network.shape.dtype, "device": network.shape.device}
        self.l1, self.l2 = (torch.tensor([getattr(s, name) for s in settings], **like) for name in ("l1", "l2"))
        limits = [math.inf if s.gradient_clip is None else s.gradient_clip for s in settings]
        self.clip = torch.tensor(limits, **like) if min(limits) < math.inf else None
        self._l1_spread, self._l2_spread = (self._over_weights(rates) for rates in (self.l1, self.l2))
        self._work = torch.zeros_like(network.theta)
        self._norms = torch.zeros(network.replicas, len(network.gradients), **like)

    def _over_weights(self, rates: Tensor) -> Tensor | None:
        """The rates (K,) over all weights and 0 over all biases, flat; None if all are 0."""
        if not rates.any():
            return None
        spread = rates.index_select(0, self._pace.owner)
        for layer in self.network.by_layer(spread):
            layer[:, -1] = 0.0
        return spread

    @property
    def penalized(self) -> bool:
        """Whether any replica has L1 or L2."""
        return self._l1_spread is not None or self._l2_spread is not None

    def penalty(self, weights: Sequence[Tensor] | None = None) -> Tensor:
        """What L1 and L2 add to each replica's loss, (K,): l1 sum |w| + l2/2 sum w² over the weights, or other ones."""
        total = torch.zeros_like(self.l1)
        for weight in self.network.weights if weights is None else weights:
            w = weight[:, :-1]
            total += self.l1 * w.abs().sum((1, 2)) + self.l2 / 2 * w.square().sum((1, 2))
        return total

    def add_gradients(self) -> None:
        """Add the penalties' derivatives: l1 sign(w) + l2 w."""
        theta, gradient = self.network.theta, self.network.gradient
        if self._l1_spread is not None:
            gradient.addcmul_(torch.sign(theta, out=self._work), self._l1_spread)
        if self._l2_spread is not None:
            gradient.addcmul_(theta, self._l2_spread)

    def clip_gradients(self) -> None:
        """Shorten each replica's whole gradient to at most its limit c: g <- g min(1, c / (|g| + 1e-6))."""
        if self.clip is None:
            return
        for layer, gradient in enumerate(self.network.gradients):
            torch.linalg.vector_norm(gradient, dim=(1, 2), out=self._norms[:, layer])
        length = torch.linalg.vector_norm(self._norms, dim=1)
        factor = (self.clip / (length + 1e-6)).clamp_(max=1.0)  # 1e-6 as in torch.nn.utils.clip_grad_norm_
        self.network.gradient.mul_(torch.index_select(factor, 0, self._pace.owner, out=self._work))


class Dropout:
    """Masks m / (1 - p) for every hidden layer, m = 0 with probability p: those that `nn.Dropout` would draw.

    A replica draws from its own generator, layer by layer, one mask of (batch, units) each, and nothing at p = 0.
    `rates` and `generators` are the replicas' own; `masks[l]` is (K, units, B). They are drawn on the CPU wherever the
    network trains, so that the same seed gives the same run there.
    """

    def __init__(self, network: DenseNetwork, rates: Sequence[float], generators: Sequence[torch.Generator]) -> None:
        shape, K = network.shape, network.replicas
        hidden = shape.sizes[1:-1]
        self.masks = [torch.ones(K, units, shape.columns, dtype=shape.dtype, device=shape.device) for units in hidden]
        self._drawn = [torch.ones(K, shape.columns, units, dtype=shape.dtype) for units in hidden]
        self._keep = torch.tensor([1 - p for p in rates], dtype=shape.dtype, device=shape.device).view(K, 1, 1)
        self.sizes: list[int] = []  # of the batches that the masks were drawn for
        self._rows = [(row, 1 - p, generators[row]) for row, p in enumerate(rates) if p > 0]

    def draw(self, sizes: Sequence[int]) -> None:
        """New masks for batches of `sizes` (K) samples."""
        self.sizes = list(sizes)
        for row, keep, generator in self._rows:
            for drawn in self._drawn:
                drawn[row, : sizes[row]].bernoulli_(keep, generator=generator)
        for drawn, mask in zip(self._drawn, self.masks, strict=True):
            torch.div(to_device(drawn, mask.device).transpose(1, 2), self._keep, out=mask)
