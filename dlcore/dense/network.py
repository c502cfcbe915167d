"""K dense networks of one shape in a few tensors: the forward and the backward pass, written out."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import torch
from torch import Tensor

from dlcore.dense.activations import ACTIVATIONS
from dlcore.dense.shape import STRIDE, Shape, round_up
from dlcore.training.rows import find

TINY = 256  # multiplications of a product that PyTorch makes in a loop of its own (so it does up to 400)


class DenseNetwork:
    """Forward and backward of K networks at once; the first axis of every tensor counts the networks (replicas).

    With `in` and `out` units of layer l and B columns of samples:

    - `weights[l]` (K, in + 1, out): the last row is the bias, for every layer's input ends in a row of ones.
    - `activations[l]` (K, units, B): what the units answer, before dropout; `activations[0]` are the inputs.
    - `sums[l]` (K, out, B): z, the weighted sums that enter the activation function of layer l.
    - `deltas[l]` (K, out, B): dL/dz of layer l.
    - `gradients[l]` (K, in + 1, out): dL/dW of layer l.
    - `scores`, `errors`: the last layer's sums and deltas, flat, with as many numbers behind them as fill a stride.

    All weights live in one flat tensor `theta` (K * P,), layer after layer, all gradients in `gradient` of the same
    layout, so an optimizer is a handful of operations however many layers there are. Units come before samples so that
    the elements of a layer lie side by side in memory. All buffers are made here; nothing is allocated later.
    """

    def __init__(self, shape: Shape, replicas: int) -> None:
        self.shape, self.replicas = shape, replicas
        K, B = replicas, shape.columns
        like: Any = {"dtype": shape.dtype, "device": shape.device}
        self.theta = torch.zeros(K * shape.parameters, **like)
        self.gradient = torch.zeros_like(self.theta)
        self.weights, self.gradients = self.by_layer(self.theta), self.by_layer(self.gradient)
        self.sums = [torch.zeros(K, n_out, B, **like) for _, n_out in shape.layers]
        self.deltas = [torch.zeros_like(z) for z in self.sums]
        last = self.sums[-1].shape
        self.scores = torch.zeros(round_up(last.numel(), STRIDE, shape.dtype), **like)
        self.errors = torch.zeros_like(self.scores)
        self.sums[-1], self.deltas[-1] = (flat[: last.numel()].view(last) for flat in (self.scores, self.errors))
        self.masks: list[Tensor] | None = None
        self._rows = [find(ACTIVATIONS, name, "activation") for name in shape.activations]
        # what enters layers 1, 2, …: hidden activations (after dropout) above a row of ones
        self._inputs = [torch.ones(K, units + 1, B, **like) for units in shape.sizes[:-1]]
        self._no_bias = [weight[:, :-1] for weight in self.weights]
        self._transposed = [weight.transpose(1, 2) for weight in self.weights]
        self._factors = [self._make_factors(layer) for layer in range(len(self.sums))]
        self.use_dropout(None)

    def by_layer(self, flat: Tensor) -> list[Tensor]:
        """Views (K, in + 1, out) of a flat tensor (K * P,), one a layer."""
        K = self.replicas
        parts = torch.split(flat, [K * (n_in + 1) * n_out for n_in, n_out in self.shape.layers])
        return [p.view(K, n_in + 1, n_out) for p, (n_in, n_out) in zip(parts, self.shape.layers, strict=True)]

    def by_replica(self, flat: Tensor) -> Tensor:
        """A copy (K, P) of a flat tensor (K * P,), one row a replica, laid out as by `replica.from_network`."""
        return torch.cat([layer.reshape(self.replicas, -1) for layer in self.by_layer(flat)], 1)

    def fill(self, flat: Tensor, rows: Tensor) -> None:
        """Write one row (P,) a replica, (K, P), into a flat tensor (K * P,)."""
        layers = self.by_layer(flat)
        sizes = [(n_in + 1) * n_out for n_in, n_out in self.shape.layers]
        for layer, part in zip(layers, torch.split(rows, sizes, 1), strict=True):
            layer.copy_(part.reshape(layer.shape))

    def use_dropout(self, masks: Sequence[Tensor] | None) -> None:
        """Multiply the outputs of every hidden layer by a mask (K, units, B) from now on; None: leave them alone."""
        self.masks = None if masks is None else list(masks)
        last = self.sums[-1]
        hidden = [inputs[:, :-1] for inputs in self._inputs[1:]]
        self._dropped = hidden
        if masks is not None:
            hidden = [torch.zeros_like(mask) for mask in masks]
        self.outputs = last if self.shape.activations[-1] == "linear" else torch.zeros_like(last)
        self.activations = [self._inputs[0][:, :-1], *hidden, self.outputs]

    def forward(self, x: Tensor) -> Tensor:
        """Outputs (K, outputs, B) for x (K, inputs + 1, B), whose last row is ones: z = Wᵀ a, a = f(z), layer by layer.

        The outputs are scores where the loss works on scores.
        """
        self._inputs[0], self.activations[0] = x, x[:, :-1]
        _, deltas, twice = self._factors[0]
        self._factors[0] = (x if twice is None else x.expand(2, -1, -1)), deltas, twice
        last = len(self.sums) - 1
        for layer, z in enumerate(self.sums):
            torch.bmm(self._transposed[layer], self._inputs[layer], out=z)
            a = self.activations[layer + 1]
            if a is not z:
                self._rows[layer].forward(z, a)
            if self.masks is not None and layer < last:
                torch.mul(a, self.masks[layer], out=self._dropped[layer])
        return self.outputs

    def backward(self) -> None:
        """Fill `gradients` from dL/d(outputs), which the caller has written into `deltas[-1]`.

        From the last layer to the first: dL/dz = dL/da * f'(z), dL/dW = input (dL/dz)ᵀ, dL/d(input) = W dL/dz.
        """
        for layer in reversed(range(len(self.sums))):
            delta = self.deltas[layer]
            self._rows[layer].backward(delta, self.sums[layer], self.activations[layer + 1])
            inputs, deltas, twice = self._factors[layer]
            if twice is None:
                torch.bmm(inputs, deltas, out=self.gradients[layer])
            else:
                torch.bmm(inputs, deltas, out=twice[0])
                self.gradients[layer].copy_(twice[1])
            if layer:
                before = torch.bmm(self._no_bias[layer], delta, out=self.deltas[layer - 1])
                if self.masks is not None:
                    before.mul_(self.masks[layer - 1])

    def _make_factors(self, layer: int) -> tuple[Tensor, Tensor, tuple[Tensor, Tensor] | None]:
        """What a layer's gradient is the product of: (K, in + 1, B) and (K, B, out).

        A single unit's is a matrix times a vector. PyTorch has a routine of its own for one such product, which rounds
        differently than the one for many (tiny ones always go the same way). So that a network gets the same numbers
        alone and beside others, one is made twice; the third is where, and the part of it that counts.
        """
        inputs, deltas, gradient = self._inputs[layer], self.deltas[layer].transpose(1, 2), self.gradients[layer]
        if self.replicas > 1 or gradient.shape[2] > 1 or inputs[0].numel() < TINY:
            return inputs, deltas, None
        twice = gradient.repeat(2, 1, 1)
        return inputs.expand(2, -1, -1), deltas.expand(2, -1, -1), (twice, twice[:1])
