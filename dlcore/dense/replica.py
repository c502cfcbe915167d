"""One run outside of any stack: its weights, what its optimizer has gathered, its data, order and generator."""

from __future__ import annotations

import copy
from dataclasses import dataclass, field, replace
from typing import Any

import torch
from torch import Tensor, nn

from dlcore.dense.order import Order
from dlcore.dense.shape import Shape, shape_of
from dlcore.networks.outputs import encoding_of, outputs_of
from dlcore.specs.supervised import Supervised
from dlcore.specs.training import TrainingSpec
from dlcore.training.balance import chances_of, importance_of


@dataclass(slots=True, kw_only=True, eq=False)
class Replica:
    """Everything of one run that a stack trains; nothing of it depends on the others.

    `x` (n, inputs), `y` (n, outputs) are the training samples, `theta` (P,) the weights as `from_network` lays them
    out, `memory` what the optimizer has gathered, each (P,), empty before the first update; `before` and `gradient`
    (P,) are the weights that the last update began with and the gradient it used, `masks` (samples, units) what dropout
    multiplied each hidden layer by in it. Where there is a `module`, a stack
    makes its parameters views of the present weights, and their `grad` of the last gradient. `importance` (n,) is what
    a sample counts in the loss; None: all the same.
    """

    shape: Shape
    training: TrainingSpec
    x: Tensor
    y: Tensor
    theta: Tensor
    generator: torch.Generator
    order: Order
    memory: dict[str, Tensor] = field(default_factory=dict)
    updates: int = 0
    masks: list[Tensor] = field(default_factory=list)
    before: Tensor | None = None
    gradient: Tensor | None = None
    module: nn.Sequential | None = None
    importance: Tensor | None = None

    def change(self, spec: Supervised) -> None:
        """Take over what may change while a run trains, the optimizer's settings and the batch size included.

        Raises: ValueError: the spec has another network, loss or optimizer.
        """
        shape = shape_of(spec, self.x.shape[1], len(self.x), self.shape.dtype, self.shape.device)
        kept = replace(shape, batch=self.shape.batch, optimizer=self.shape.optimizer)
        if kept != self.shape or shape.optimizer.kind != self.shape.optimizer.kind:
            raise ValueError(f"shape: expected {self.shape}, but for batch and optimizer settings; received {shape}")
        self.shape, self.training, self.order.size = shape, spec.training, shape.batch

    def state_dict(self) -> dict[str, Any]:
        """What training changes, as plain values and tensors of its own."""
        return {
            "theta": self.theta.clone(),
            "memory": {name: value.clone() for name, value in self.memory.items()},
            "updates": self.updates,
            "masks": [mask.clone() for mask in self.masks],
            "before": _clone(self.before),
            "gradient": _clone(self.gradient),
            "order": self.order.state_dict(),
            "random": self.generator.get_state(),
        }

    def load_state_dict(self, state: dict[str, Any]) -> None:
        """Go back to what `state_dict` gave; from there the same updates give the same numbers."""
        self.theta = self._own(state["theta"])
        self.memory = {name: self._own(value) for name, value in state["memory"].items()}
        self.updates = state["updates"]
        self.masks = [self._own(mask) for mask in state["masks"]]
        self.before, self.gradient = (
            None if state[name] is None else self._own(state[name]) for name in ("before", "gradient")
        )
        self.order.load_state_dict(state["order"])
        self.generator.set_state(state["random"])

    def _own(self, values: Tensor) -> Tensor:
        return values.to(self.x.device, copy=True)  # a state on its way through a snapshot comes from the CPU

    def copy(self) -> Replica:
        """Another run with the same state, which goes its own way; the samples are shared."""
        other = copy.copy(self)
        other.module = None
        other.generator, other.order = torch.Generator(), copy.copy(self.order)
        other.load_state_dict(self.state_dict())
        return other


def make_replica(
    spec: Supervised,
    network: nn.Sequential,
    x: Tensor,
    targets: Tensor,
    random_state: Tensor,
    dtype: torch.dtype = torch.float32,
) -> Replica:
    """A run at its beginning, from what the textbook lab builds.

    `network` comes from `networks.build.build`, `x` (n, inputs) are the training inputs, `targets` from
    `training.targets.encode`, `random_state` is `torch.get_rng_state()` right after building: order and dropout masks
    are then the lab's.

    Raises: ValueError: the fast path does not know this experiment.
    """
    shape = shape_of(spec, x.shape[1], len(x), dtype, str(x.device))
    generator = torch.Generator()
    generator.set_state(random_state)
    importance, chances = importance_of(spec, targets), chances_of(spec, targets)
    if encoding_of(spec) == "index":
        targets = nn.functional.one_hot(targets, outputs_of(spec)).to(dtype)
        share = spec.training.label_smoothing
        if share:
            targets = (1 - share) * targets + share / outputs_of(spec)
    return Replica(
        shape=shape,
        training=spec.training,
        x=x.to(dtype),
        y=targets.to(dtype),
        theta=from_network(network, dtype),
        generator=generator,
        order=Order(samples=len(x), size=shape.batch, chances=chances),
        importance=None if importance is None else importance.reshape(-1).to(dtype),
    )


def from_network(network: nn.Sequential, dtype: torch.dtype = torch.float32) -> Tensor:
    """The weights and biases of a network as theta (P,): layer after layer W (in + 1, out), its last row the bias."""
    parts = [torch.cat([layer.weight.detach().T, layer.bias.detach()[None]]) for layer in linears(network)]
    return torch.cat([part.reshape(-1) for part in parts]).to(dtype)


def to_network(theta: Tensor, network: nn.Sequential, gradient: Tensor | None = None) -> None:
    """Copy theta (P,) into the layers of a network, and a gradient of the same layout into their `grad`.

    Raises: ValueError: the network has another number of parameters.
    """
    layers = linears(network)
    with torch.no_grad():
        for layer, weight in zip(layers, _by_layer(theta, layers), strict=True):
            layer.weight.copy_(weight[:-1].T)
            layer.bias.copy_(weight[-1])
    if gradient is not None:
        for layer, slope in zip(layers, _by_layer(gradient, layers), strict=True):
            layer.weight.grad = slope[:-1].T.to(layer.weight.dtype, copy=True, memory_format=torch.contiguous_format)
            layer.bias.grad = slope[-1].to(layer.bias.dtype, copy=True)


def _clone(tensor: Tensor | None) -> Tensor | None:
    return None if tensor is None else tensor.clone()


def _by_layer(flat: Tensor, layers: list[nn.Linear]) -> list[Tensor]:
    sizes = [layer.weight.numel() + layer.bias.numel() for layer in layers]
    if flat.shape != (sum(sizes),):
        raise ValueError(f"theta: this network has {sum(sizes)} parameters; received a tensor of {tuple(flat.shape)}")
    return [p.view(-1, layer.out_features) for p, layer in zip(torch.split(flat, sizes), layers, strict=True)]


def linears(network: nn.Sequential) -> list[nn.Linear]:
    """The layers of weights, from input to output."""
    return [layer for layer in network if isinstance(layer, nn.Linear)]
