"""Activations and losses of single numbers, each with its derivative: what PyTorch computes, written out.

At a kink there is no derivative. PyTorch takes one of the two slopes beside it, and so do we: 0 for ReLU at 0, 0.01 for
leaky ReLU at 0, 0 for |e| at 0.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence

Pair = tuple[float, float]  # f(z) and f′(z)


def sigmoid(z: float) -> Pair:
    """σ(z) = 1 / (1 + e^−z); σ′ = σ (1 − σ)."""
    s = 1 / (1 + math.exp(-z)) if z >= 0 else math.exp(z) / (1 + math.exp(z))  # neither power overflows
    return s, s * (1 - s)


def tanh(z: float) -> Pair:
    """Gives tanh z and its derivative 1 − tanh² z."""
    t = math.tanh(z)
    return t, 1 - t * t


def relu(z: float) -> Pair:
    """max(0, z); its derivative is 1 above 0, else 0."""
    return (z, 1.0) if z > 0 else (0.0, 0.0)


def leaky_relu(z: float) -> Pair:
    """max(0.01 z, z); its derivative is 1 above 0, else 0.01."""
    return (z, 1.0) if z > 0 else (0.01 * z, 0.01)


def elu(z: float) -> Pair:
    """Gives z above 0, else e^z − 1; its derivative is 1 above 0, else e^z."""
    return (z, 1.0) if z > 0 else (math.expm1(z), math.exp(z))


def gelu(z: float) -> Pair:
    """Gives z Φ(z), Φ the normal distribution function and φ its density; its derivative is Φ(z) + z φ(z)."""
    below = 0.5 * (1 + math.erf(z / math.sqrt(2)))
    density = math.exp(-0.5 * z * z) / math.sqrt(2 * math.pi)
    return z * below, below + z * density


def silu(z: float) -> Pair:
    """Gives z σ(z); its derivative is σ (1 + z (1 − σ))."""
    s, _ = sigmoid(z)
    return z * s, s * (1 + z * (1 - s))


def softplus(z: float) -> Pair:
    """ln(1 + e^z); its derivative is σ(z)."""
    return max(z, 0.0) + math.log1p(math.exp(-abs(z))), sigmoid(z)[0]


def linear(z: float) -> Pair:
    """Gives z itself; its derivative is 1."""
    return z, 1.0


FUNCTIONS: dict[str, Callable[[float], Pair]] = {
    "linear": linear,
    "sigmoid": sigmoid,
    "tanh": tanh,
    "relu": relu,
    "leaky_relu": leaky_relu,
    "elu": elu,
    "gelu": gelu,
    "silu": silu,
    "softplus": softplus,
}


def softmax(scores: Sequence[float]) -> list[float]:
    """p_k = e^{z_k} / Σ e^{z_j}; ∂p_k/∂z_j = p_k ([k = j] − p_j)."""
    largest = max(scores)
    powers = [math.exp(z - largest) for z in scores]
    total = sum(powers)
    return [power / total for power in powers]


def cross_entropy(scores: Sequence[float], target: Sequence[float]) -> tuple[float, list[float]]:
    """−ln p of the true class, p = softmax(z), y = 1 at the true class; its derivatives are p − y."""
    largest = max(scores)
    total = largest + math.log(sum(math.exp(z - largest) for z in scores))  # ln Σ e^z, and no power overflows
    value = sum(y * (total - z) for z, y in zip(scores, target, strict=True))
    return value, [p - y for p, y in zip(softmax(scores), target, strict=True)]


def half_squared(a: float, y: float) -> Pair:
    """½ (y − a)²; its derivative with respect to a is a − y."""
    return 0.5 * (y - a) ** 2, a - y


def mse(a: float, y: float) -> Pair:
    """(y − a)²; its derivative is 2 (a − y)."""
    return (y - a) ** 2, 2 * (a - y)


def mae(a: float, y: float) -> Pair:
    """|a − y|; its derivative is the sign of a − y."""
    return abs(a - y), float((a > y) - (a < y))


def huber(a: float, y: float) -> Pair:
    """½ e² where |e| ≤ 1, else |e| − ½, with e = a − y; its derivative is e, kept between −1 and 1."""
    e = a - y
    return (0.5 * e * e, e) if abs(e) <= 1 else (abs(e) - 0.5, math.copysign(1.0, e))


def bce(z: float, y: float) -> Pair:
    """−y ln p − (1 − y) ln(1 − p) with p = σ(z), written so that it never overflows; its derivative is p − y."""
    return softplus(z)[0] - y * z, sigmoid(z)[0] - y


LOSSES: dict[str, Callable[[float, float], Pair]] = {
    "half_squared": half_squared,
    "mse": mse,
    "mae": mae,
    "huber": huber,
    "bce": bce,
}


def loss(name: str, outputs: Sequence[float], target: Sequence[float]) -> tuple[float, list[float]]:
    """A loss and its derivative with respect to each output: a mean over the outputs (half_squared: a sum).

    bce and cross_entropy take scores z: σ or softmax is part of them, so that p = 0 or 1 never gives ln 0. Their
    derivative is p − y.
    """
    if name == "cross_entropy":
        return cross_entropy(outputs, target)
    parts = [LOSSES[name](a, y) for a, y in zip(outputs, target, strict=True)]
    share = 1.0 if name == "half_squared" else 1 / len(parts)
    return share * sum(value for value, _ in parts), [share * slope for _, slope in parts]
