"""Backpropagation in one page: numbers that remember what they were computed from (after micrograd, Karpathy 2020)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass


@dataclass(slots=True, eq=False)
class Value:
    """One number of a computation.

    `parents` are what it was computed from, `local` its derivative with respect to each of them, in the same order.
    `grad` is ∂L/∂(this number), once `backward` has been called on the loss L.
    """

    value: float
    parents: tuple[Value, ...] = ()
    local: tuple[float, ...] = ()
    name: str = ""
    grad: float = 0.0


def weighted_sum(weights: list[Value], inputs: list[Value], bias: Value) -> Value:
    """The sum z = w₁a₁ + w₂a₂ + … + b. Its derivative is aᵢ with respect to wᵢ, wᵢ with respect to aᵢ, and 1 for b."""
    total = sum((w.value * a.value for w, a in zip(weights, inputs, strict=True)), start=0.0) + bias.value
    return Value(
        total,
        parents=(*weights, *inputs, bias),
        local=(*(a.value for a in inputs), *(w.value for w in weights), 1.0),
    )


def topological_order(result: Value) -> list[Value]:
    """All numbers behind a result, every one after those that it was computed from; the result comes last."""
    order: list[Value] = []
    seen: set[int] = set()

    def visit(value: Value) -> None:
        if id(value) not in seen:
            seen.add(id(value))
            for parent in value.parents:
                visit(parent)
            order.append(value)

    visit(result)
    return order


def backward(loss: Value) -> list[Value]:
    """Fill in every `grad` by the chain rule, from the loss back to the inputs; gives the order of the forward pass.

    ∂L/∂parent is the sum, over all numbers that were computed from it, of ∂L/∂number × ∂number/∂parent: upstream times
    local. Going back through the topological order, a number's gradient is complete before it is passed on.
    """
    order = topological_order(loss)
    for value in order:
        value.grad = 0.0
    loss.grad = 1.0
    for value in reversed(order):
        for parent, local in zip(value.parents, value.local, strict=True):
            parent.grad += value.grad * local
    return order


def uses(order: list[Value]) -> Iterator[tuple[Value, Value, float]]:
    """Every (parent, number computed from it, local derivative) of a computation."""
    for value in order:
        for parent, local in zip(value.parents, value.local, strict=True):
            yield parent, value, local
