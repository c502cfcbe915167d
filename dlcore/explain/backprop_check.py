"""The trace of an update against two judges that know nothing of it: autograd, and finite differences."""

from __future__ import annotations

from typing import Any

import torch
from torch import Tensor, nn

from dlcore.explain.backprop_trace import trace
from dlcore.specs.traced import HALF, Traced
from dlcore.training.activations import ACTIVATIONS
from dlcore.training.losses import LOSSES
from dlcore.training.rows import find

STEP = 1e-6  # of a finite difference, times the size of the number where that is above 1
TOLERANCE = 1e-6  # of a finite difference, times the size of the gradient where that is above 1
_KINKED = ("relu", "leaky_relu")


def checked_trace(spec: Traced) -> dict[str, Any]:
    """`trace(spec)` with two more numbers a node: `autograd` and, for weights and biases, `difference`.

    A parameter's `verdict` on the finite difference: `agrees`, `kink` (within the step a unit or the loss passes its
    kink, where the gradient jumps, so that the difference mixes two slopes), or `differs`. `largest`: the largest
    |gradient − autograd| over all nodes; `furthest`: the largest |gradient − finite difference| away from kinks.
    """
    found = trace(spec)
    nodes = found["nodes"]
    found["autograd_loss"], gradients = by_autograd(spec)
    for name, gradient in gradients.items():
        nodes[name]["autograd"] = gradient
    for name, (difference, kink) in by_differences(spec).items():
        node = nodes[name]
        away = abs(difference - node["grad"])
        node["difference"] = difference
        node["verdict"] = "kink" if kink else "agrees" if away <= _allowed(spec, node, found) else "differs"
    found["largest"] = max(abs(nodes[name]["grad"] - gradient) for name, gradient in gradients.items())
    smooth = [node for node in nodes.values() if node.get("verdict", "kink") != "kink"]
    found["furthest"] = max((abs(node["grad"] - node["difference"]) for node in smooth), default=0.0)
    return found


def by_autograd(spec: Traced) -> tuple[float, dict[str, float]]:
    """The loss, and ∂L/∂node for every node of the trace but the loss: float64, `loss.backward()`."""
    a = torch.tensor(spec.inputs, dtype=torch.float64, requires_grad=True)
    named: list[tuple[str, Tensor]] = [("input", a)]
    last = len(spec.layers) - 1
    for number, layer in enumerate(spec.layers):
        weight = torch.tensor(layer.weights, dtype=torch.float64, requires_grad=True)
        bias = torch.tensor(layer.biases, dtype=torch.float64, requires_grad=True)
        z = nn.functional.linear(a, weight, bias)
        scores = spec.on_scores and number == last
        a = z if scores else _activation(layer.activation)(z)
        named += [(f"weight/{number}", weight), (f"bias/{number}", bias), (f"sum/{number}", z)]
        if a is not z:
            named.append((f"unit/{number}", a))
    for _, tensor in named:
        tensor.retain_grad()
    value = _loss(spec, a[None], reduction="mean")
    value.backward()  # type: ignore[no-untyped-call]  # torch declares no types here
    gradients = {}
    for name, tensor in named:
        assert tensor.grad is not None
        for place in torch.cartesian_prod(*map(torch.arange, tensor.shape)).reshape(-1, tensor.dim()).tolist():
            gradients["/".join([name, *map(str, place)])] = float(tensor.grad[tuple(place)])
    return value.item(), gradients


def by_differences(spec: Traced) -> dict[str, tuple[float, bool]]:
    """(L(w + h) − L(w − h)) / 2h of every weight and bias, and whether a kink lies within: all in one forward pass."""
    names, values = [], []
    for number, layer in enumerate(spec.layers):
        names += [f"weight/{number}/{j}/{i}" for j, row in enumerate(layer.weights) for i in range(len(row))]
        values += [w for row in layer.weights for w in row]
        names += [f"bias/{number}/{j}" for j in range(len(layer.biases))]
        values += layer.biases
    flat = torch.tensor(values, dtype=torch.float64)
    steps = STEP * flat.abs().clamp(min=1)
    moved = torch.cat([flat + torch.diag(steps), flat - torch.diag(steps)])  # (2 P, P): one number moved a row
    losses, sides = _forward(spec, moved)
    (above, below), (right, left) = losses.chunk(2), sides.chunk(2)
    widths = (flat + steps) - (flat - steps)  # what was really added, after rounding
    crossed = (right != left).any(dim=1)
    return dict(zip(names, zip(((above - below) / widths).tolist(), crossed.tolist(), strict=True), strict=True))


def _forward(spec: Traced, rows: Tensor) -> tuple[Tensor, Tensor]:
    """Losses (R,) of networks whose parameters are the rows (R, P), and on which side of every kink they are."""
    a = torch.tensor(spec.inputs, dtype=torch.float64).expand(len(rows), -1)
    sides, at, last = [], 0, len(spec.layers) - 1
    for number, layer in enumerate(spec.layers):
        units, width = len(layer.weights), a.shape[1]
        weight = rows[:, at : at + units * width].reshape(-1, units, width)
        at += units * width
        z = torch.einsum("rui,ri->ru", weight, a) + rows[:, at : at + units]
        at += units
        if layer.activation in _KINKED:
            sides.append(z.sign())
        a = z if spec.on_scores and number == last else _activation(layer.activation)(z)
    if spec.loss == "mae":
        sides.append((a - torch.tensor(spec.target, dtype=torch.float64)).sign())
    return _loss(spec, a, reduction="none"), torch.cat([*sides, a.new_ones(len(rows), 1)], dim=1)


def _activation(name: str) -> nn.Module:
    row = find(ACTIVATIONS, name, "activation")
    module: nn.Module = getattr(nn, row.module)(**row.arguments)
    return module


def _loss(spec: Traced, outputs: Tensor, *, reduction: str) -> Tensor:
    """The loss of outputs (R, units): a mean over everything, or of every row."""
    target = torch.tensor(spec.target, dtype=torch.float64).expand_as(outputs)
    if spec.loss == HALF:
        each = 0.5 * ((target - outputs) ** 2).sum(dim=1)
        return each.mean() if reduction == "mean" else each
    module = getattr(nn, find(LOSSES, spec.loss, "loss").module)(reduction=reduction)
    value: Tensor = module(outputs, target)
    return value.mean(dim=1) if value.dim() == 2 else value


def _allowed(spec: Traced, node: dict[str, Any], found: dict[str, Any]) -> float:
    # L itself is only known to 16 digits, and their error is divided by the step
    loss = abs(found["nodes"]["loss"]["value"])
    return float(TOLERANCE * max(1.0, abs(node["grad"])) + 8 * torch.finfo(torch.float64).eps * loss / STEP)
