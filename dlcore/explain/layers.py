"""Looking at a network layer by layer: what goes into each activation function and what comes out."""

from __future__ import annotations

from dataclasses import dataclass

import torch
from torch import nn


@dataclass(frozen=True, slots=True, eq=False)
class LayerOutput:
    """One layer on a batch of n samples: its weighted sums z (n, units) and its outputs a = f(z) (n, units)."""

    name: str  # hidden1 … output
    linear: nn.Linear
    activation: nn.Module
    z: torch.Tensor
    a: torch.Tensor


@torch.no_grad()
def layer_outputs(network: nn.Sequential, output_activation: nn.Module, x: torch.Tensor) -> list[LayerOutput]:
    """Send x (n, inputs) through the network in evaluation mode (no dropout, frozen batch-norm statistics).

    A layer is a linear map, what stands between it and the next linear map, and its activation; z is what enters the
    activation (after batch normalization, where there is one). The last layer's outputs are the predictions.
    """
    found: list[LayerOutput] = []
    training = network.training
    network.eval()
    value, linear, z, name = x, None, x, ""
    activation: nn.Module = nn.Identity()
    for child_name, module in network.named_children():
        if isinstance(module, nn.Linear):
            if linear is not None:
                found.append(LayerOutput(name, linear, activation, z, value))
            name, linear, activation = child_name, module, nn.Identity()
            value = z = module(value)
        elif child_name.startswith("norm"):
            value = z = module(value)
        elif child_name.startswith(("activation", "output_activation")):
            activation = module
            value = module(z)
    if linear is not None:
        if not any(child.startswith("output_activation") for child, _ in network.named_children()):
            activation, value = output_activation, output_activation(z)
        found.append(LayerOutput(name, linear, activation, z, value))
    network.train(training)
    return found


def slope(activation: nn.Module, z: torch.Tensor) -> torch.Tensor:
    """The derivative f′(z) of an elementwise activation at every z, same shape."""
    with torch.enable_grad():
        z = z.detach().requires_grad_()
        (derivative,) = torch.autograd.grad(activation(z).sum(), z)
    return derivative


def saturated_share(activation: nn.Module, z: torch.Tensor) -> float:
    """Share of (sample, unit) pairs where the activation is nearly flat: |f′(z)| < 0.1. z (n, units)."""
    return float((slope(activation, z).abs() < 0.1).float().mean())


def dead_share(activation: nn.Module, z: torch.Tensor) -> float:
    """Share of units that no sample can change: f′(z) = 0 for every one of the n samples. z (n, units)."""
    return float((slope(activation, z) == 0).all(dim=0).float().mean())
