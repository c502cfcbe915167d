"""What gradient descent and momentum do along one main direction of a valley: told by its curvature, and measured."""

from __future__ import annotations

import cmath
import math
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

STEPS = 200  # of a measurement
_LEAST, _MOST = 1e-250, 1e250  # lengths between which 64 bits still tell factors


@dataclass(frozen=True, slots=True, kw_only=True)
class Along:
    """The way along a direction of curvature λ: from step to step it is multiplied by `factor`, in the long run."""

    curvature: float
    factor: float
    kind: str  # diverges, keeps on, swings, jumps, creeps


def along(rate: float, momentum: float, curvature: float) -> Along:
    """What v ← βv + λw, w ← w - ηv does to w, by the roots of r² - (1 + β - ηλ) r + β = 0.

    The larger |r| is the factor. Complex roots swing about the minimum, a negative one jumps from side to side at every
    step, positive ones creep up to it without passing it. With β = 0 it is gradient descent: r = 1 - ηλ.
    """
    middle = 1 + momentum - rate * curvature
    root = cmath.sqrt(middle * middle - 4 * momentum)
    first, second = (middle + root) / 2, (middle - root) / 2
    factor = max(abs(first), abs(second))
    if math.isclose(factor, 1.0, rel_tol=1e-9):
        kind = "keeps on"
    elif factor > 1:
        kind = "diverges"
    elif abs(first.imag) > 1e-9:
        kind = "swings"
    elif min(first.real, second.real) < -1e-9:
        kind = "jumps"
    else:
        kind = "creeps"
    return Along(curvature=curvature, factor=factor, kind=kind)


def largest_rate(momentum: float, curvature: float) -> float:
    """The learning rate below which w shrinks along a direction of this curvature: 2 (1 + β) / λ."""
    return 2 * (1 + momentum) / curvature


def critical_momentum(rate: float, curvature: float) -> float:
    """The momentum (1 - √(ηλ))² from which on it swings: below it the roots are real."""
    return float((1 - math.sqrt(rate * curvature)) ** 2)


def best_gradient_descent(condition: float) -> tuple[float, float]:
    """Learning rate 2 / (1 + κ) and factor (κ - 1) / (κ + 1): the best of gradient descent for curvatures 1 and κ."""
    return 2 / (1 + condition), (condition - 1) / (condition + 1)


def best_momentum(condition: float) -> tuple[float, float, float]:
    """Learning rate 4 / (1 + √κ)², momentum ((√κ - 1) / (√κ + 1))² and factor √β: the best for curvatures 1 and κ.

    Source: Polyak 1964.
    """
    root = math.sqrt(condition)
    momentum = ((root - 1) / (root + 1)) ** 2
    return 4 / (1 + root) ** 2, momentum, math.sqrt(momentum)


def measured(balls: Sequence[tuple[float, float]], curvatures: Sequence[float]) -> list[list[float]]:
    """The factors of `along` as `torch.optim.SGD` gives them: a row a ball, a column a direction.

    Every ball (learning rate, momentum) makes STEPS steps down ½ Σ λ w² from w = 1; the factor is the mean growth of
    √(w² + w₋²), the present and the last place together, over the later three quarters. Runs on a worker.
    """
    import torch

    scale = torch.tensor(curvatures, dtype=torch.float64)
    rows = []
    for rate, momentum in balls:
        w = torch.ones(len(curvatures), dtype=torch.float64, requires_grad=True)
        optimizer = torch.optim.SGD([w], lr=rate, momentum=momentum)
        places = [w.detach().clone()]
        for _ in range(STEPS):
            w.grad = scale * w.detach()  # what autograd gives, at a third of the time
            optimizer.step()
            places.append(w.detach().clone())
        ways = torch.stack(places).T.tolist()
        rows.append([_growth(way) for way in ways])
    return rows


def _growth(way: Sequence[float]) -> float:
    lengths = [math.hypot(now, last) for last, now in pairwise(way)]
    end = next((k for k, length in enumerate(lengths) if not _LEAST < length < _MOST), len(lengths)) - 1
    if end < 4:  # it was there within a few steps
        return lengths[end + 1] / lengths[end]
    begin = end // 4
    return float((lengths[end] / lengths[begin]) ** (1 / (end - begin)))
