"""Looking at a network layer by layer: what goes into each activation function and what comes out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import torch
from torch import Tensor, nn
from torch.nn import functional as F

from dlcore.dense.activations import ACTIVATIONS, Activation
from dlcore.training.rows import find

FLAT = 0.1  # a slope below which an activation hardly answers


@dataclass(frozen=True, slots=True, eq=False)
class Layer:
    """One layer of a network: a linear map, batch normalization where there is one, an activation function."""

    name: str  # hidden1 … output
    weight: Tensor  # (units, units before)
    bias: Tensor  # (units,)
    norm: nn.BatchNorm1d | None
    activation: Activation


@dataclass(frozen=True, slots=True, eq=False)
class LayerOutput:
    """One layer on n samples: what enters its activation function, z (units, n), and its outputs a = f(z) (units, n).

    Units come before samples, so that all answers of a unit lie side by side in memory.
    """

    layer: Layer
    z: Tensor
    a: Tensor

    def of(self, samples: slice) -> LayerOutput:
        """The same for some of the samples."""
        return LayerOutput(self.layer, self.z[:, samples], self.a[:, samples])


def layers_of(network: nn.Sequential, activations: Sequence[str]) -> tuple[Layer, ...]:
    """The layers of a network that `build` has made, with the names of their activation functions, input to output.

    Raises: ValueError: another number of names than of layers, or an unknown name.
    """
    children = dict(network.named_children())
    linears = [(name, module) for name, module in children.items() if isinstance(module, nn.Linear)]
    if len(linears) != len(activations):
        raise ValueError(f"activations: expected {len(linears)} names, one a layer; received {len(activations)}")
    found = []
    for number, ((name, linear), activation) in enumerate(zip(linears, activations, strict=True), start=1):
        norm = children.get(f"norm{number}")
        norm = norm if isinstance(norm, nn.BatchNorm1d) else None
        row = find(ACTIVATIONS, activation, "activation")
        found.append(Layer(name, linear.weight, linear.bias, norm, row))
    return tuple(found)


@torch.no_grad()
def layer_outputs(layers: Sequence[Layer], x: Tensor) -> list[LayerOutput]:
    """Send x (inputs, n) through the layers as they are in evaluation mode: z = W a + b, then a = f(z).

    No dropout; batch normalization uses what it has gathered, and z is what comes out of it. The modules stay in the
    mode that they are in. The last layer's outputs are the predictions.
    """
    found, a = [], x
    for layer in layers:
        z, norm = torch.addmm(layer.bias.unsqueeze(1), layer.weight, a), layer.norm
        if norm is not None:
            z = F.batch_norm(z.T, norm.running_mean, norm.running_var, norm.weight, norm.bias, eps=norm.eps).T
        a = torch.empty_like(z)
        layer.activation.forward(z.unsqueeze(0), a.unsqueeze(0))  # as one network of a stack
        found.append(LayerOutput(layer, z, a))
    return found


@torch.no_grad()
def slope(output: LayerOutput) -> Tensor:
    """The derivative f'(z) of a hidden layer's activation at every z, (units, n): how an error of 1 passes back."""
    delta = torch.ones_like(output.z)
    output.layer.activation.backward(*(each.unsqueeze(0) for each in (delta, output.z, output.a)))
    return delta


@torch.no_grad()
def saturated_and_dead(outputs: Sequence[LayerOutput]) -> list[tuple[float, float]]:
    """Two shares of each hidden layer: how much of it is saturated, and how much is dead.

    Saturated are (unit, sample) pairs where the activation is nearly flat, |f'(z)| < 0.1; dead are units that no sample
    can change, f'(z) = 0 for all n.
    """
    if not outputs:
        return []
    slopes = torch.cat([slope(output) for output in outputs])  # of the units of all layers
    shares = torch.stack([(slopes.abs() < FLAT).double().mean(1), (slopes == 0).all(1).double()])  # (2, units)
    layers = torch.split(shares, [len(output.z) for output in outputs], dim=1)
    return [(saturated, dead) for saturated, dead in (layer.mean(1).tolist() for layer in layers)]
