"""One update of a small network, operation by operation: every number, every local derivative, every gradient."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from dlcore.explain.scalar import Value, backward, uses, weighted_sum
from dlcore.explain.scalar_functions import FUNCTIONS, loss, softmax
from dlcore.specs.traced import Traced


@dataclass(slots=True)
class Graph:
    """A network and a sample as a graph of numbers. Names: `weight/l/j/i`, `bias/l/j`, `sum/l/j`, `unit/l/j`, `loss`.

    `units[l][j]` is what unit j of layer l gives; `units[-1]` are what the loss compares with the target.
    """

    inputs: list[Value]
    parameters: list[Value] = field(default_factory=list)
    units: list[list[Value]] = field(default_factory=list)
    loss: Value = field(default_factory=lambda: Value(0.0))


def graph_of(spec: Traced) -> Graph:
    """The forward pass of a spec: every number is computed here, and remembers what it was computed from."""
    graph = Graph([Value(x, name=f"input/{i}") for i, x in enumerate(spec.inputs)])
    below = graph.inputs
    for number, layer in enumerate(spec.layers):
        sums = []
        for j, (row, b) in enumerate(zip(layer.weights, layer.biases, strict=True)):
            weights = [Value(w, name=f"weight/{number}/{j}/{i}") for i, w in enumerate(row)]
            bias = Value(b, name=f"bias/{number}/{j}")
            total = weighted_sum(weights, below, bias)
            total.name = f"sum/{number}/{j}"
            graph.parameters += [*weights, bias]
            sums.append(total)
        scores = spec.on_scores and number == len(spec.layers) - 1
        below = sums if scores else _activated(layer.activation, sums, number)
        graph.units.append(below)
    value, slopes = loss(spec.loss, [output.value for output in below], spec.target)
    graph.loss = Value(value, parents=tuple(below), local=tuple(slopes), name="loss")
    return graph


def trace(spec: Traced) -> dict[str, Any]:
    """One update as plain values.

    `nodes`: by name `value`, `grad`, `uses`: [[what was computed from it, local derivative], …], and of parameters
    `new` = value − learning rate × grad. `forward`: the names of what is computed, in the order of the forward pass.
    `probabilities`: of the outputs, where the loss works on scores.
    """
    graph = graph_of(spec)
    order = backward(graph.loss)
    nodes: dict[str, dict[str, Any]] = {
        value.name: {"value": value.value, "grad": value.grad, "uses": []} for value in order
    }
    for parent, value, local in uses(order):
        nodes[parent.name]["uses"].append([value.name, local])
    for parameter in graph.parameters:
        nodes[parameter.name]["new"] = parameter.value - spec.learning_rate * parameter.grad
    scores = [output.value for output in graph.units[-1]]
    return {
        "nodes": nodes,
        "forward": [value.name for value in order if value.parents],
        "probabilities": _probabilities(spec, scores),
    }


def updated(spec: Traced) -> Traced:
    """The same network after the update: every weight and bias w ← w − learning rate × ∂L/∂w.

    Raises: SpecError: a number has become too large.
    """
    nodes = trace(spec)["nodes"]
    layers = [
        {
            "weights": [
                [nodes[f"weight/{number}/{j}/{i}"]["new"] for i in range(len(row))]
                for j, row in enumerate(layer.weights)
            ],
            "biases": [nodes[f"bias/{number}/{j}"]["new"] for j in range(len(layer.biases))],
            "activation": layer.activation,
        }
        for number, layer in enumerate(spec.layers)
    ]
    return Traced.parse({**spec.as_dict(), "layers": layers})


def _activated(name: str, sums: list[Value], number: int) -> list[Value]:
    if name == "linear":
        return sums  # the output is the sum itself
    if name == "softmax":  # the one activation in which every output depends on every sum
        shares = softmax([z.value for z in sums])
        return [
            Value(
                p,
                parents=tuple(sums),
                local=tuple(p * ((k == j) - shares[j]) for j in range(len(sums))),
                name=f"unit/{number}/{k}",
            )
            for k, p in enumerate(shares)
        ]
    made = []
    for j, z in enumerate(sums):
        value, slope = FUNCTIONS[name](z.value)
        made.append(Value(value, parents=(z,), local=(slope,), name=f"unit/{number}/{j}"))
    return made


def _probabilities(spec: Traced, scores: list[float]) -> list[float]:
    if not spec.on_scores:
        return []
    return softmax(scores) if spec.loss == "cross_entropy" else [FUNCTIONS["sigmoid"](z)[0] for z in scores]
