"""Theory of a valley against the numbers of `torch.optim`, against NumPy's eigenvalues, and by hand."""

from __future__ import annotations

import math

import numpy as np
import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st

from dlcore.explain.quadratic import (
    STEPS,
    along,
    best_gradient_descent,
    best_momentum,
    critical_momentum,
    largest_rate,
    measured,
)


@given(st.floats(0.001, 4.0), st.floats(0.0, 0.99))
def test_the_factor_is_the_spectral_radius_of_the_step(rate: float, momentum: float) -> None:
    # (w, v) -> (w - rate (momentum v + w), momentum v + w) with curvature 1
    step = np.array([[1 - rate, -rate * momentum], [1, momentum]])
    assert along(rate, momentum, 1.0).factor == pytest.approx(np.abs(np.linalg.eigvals(step)).max(), abs=1e-6)


@pytest.mark.parametrize(
    ("rate", "momentum", "kind", "factor"),
    [
        (0.5, 0.0, "creeps", 0.5),
        (1.5, 0.0, "jumps", 0.5),
        (2.0, 0.0, "keeps on", 1.0),
        (2.5, 0.0, "diverges", 1.5),
        (0.04, 0.9, "swings", 0.9**0.5),
        (0.01, 0.5, "creeps", 0.979583),  # (1.49 + sqrt(1.49² - 2)) / 2
        (3.7, 0.9, "swings", 0.9**0.5),
        (3.9, 0.9, "diverges", 1.316228),  # (2 + sqrt(4 - 3.6)) / 2
    ],
)
def test_what_it_does_by_hand(rate: float, momentum: float, kind: str, factor: float) -> None:
    found = along(rate, momentum, 1.0)
    assert found.kind == kind and found.factor == pytest.approx(factor, abs=1e-5)


@pytest.mark.parametrize("momentum", [0.0, 0.5, 0.9])
def test_the_largest_rate_is_the_border_of_divergence(momentum: float) -> None:
    border = largest_rate(momentum, 25.0)
    assert along(0.999 * border, momentum, 25.0).factor < 1 < along(1.001 * border, momentum, 25.0).factor
    below, above = measured([(0.999 * border, momentum), (1.001 * border, momentum)], [25.0])
    assert below[0] < 1 < above[0]


def test_from_the_critical_momentum_on_it_swings() -> None:
    critical = critical_momentum(0.01, 25.0)
    assert critical == pytest.approx(0.25)
    assert along(0.01, 0.999 * critical, 25.0).kind == "creeps" and along(0.01, 1.001 * critical, 25.0).kind == "swings"


def test_what_is_measured_is_what_theory_says() -> None:
    balls = [(0.05, 0.0), (0.01, 0.9), (0.07, 0.5), (0.1, 0.0), (0.04, 0.0)]
    for (rate, momentum), factors in zip(balls, measured(balls, [1.0, 25.0]), strict=True):
        for curvature, factor in zip([1.0, 25.0], factors, strict=True):
            assert factor == pytest.approx(along(rate, momentum, curvature).factor, abs=0.01)


def test_the_gradient_is_what_autograd_gives() -> None:
    def loop(rate: float, momentum: float) -> float:
        w = torch.ones(1, dtype=torch.float64, requires_grad=True)
        optimizer = torch.optim.SGD([w], lr=rate, momentum=momentum)
        places = [1.0]
        for _ in range(STEPS):
            optimizer.zero_grad()
            torch.autograd.backward((12.5 * w * w).sum())
            optimizer.step()
            places.append(w.item())
        first, last = (math.hypot(places[k], places[k + 1]) for k in ((STEPS - 1) // 4, STEPS - 1))
        return float((last / first) ** (1 / (STEPS - 1 - (STEPS - 1) // 4)))

    assert measured([(0.02, 0.9)], [25.0]) == [[pytest.approx(loop(0.02, 0.9), abs=1e-12)]]


def test_the_best_settings_beat_their_neighbours() -> None:
    def worst(rate: float, momentum: float) -> float:
        return max(along(rate, momentum, curvature).factor for curvature in (1.0, 100.0))

    rate, factor = best_gradient_descent(100.0)
    assert worst(rate, 0.0) == pytest.approx(factor) == pytest.approx(99 / 101)
    assert min(worst(0.97 * rate, 0.0), worst(1.01 * rate, 0.0)) > factor
    rate, momentum, factor = best_momentum(100.0)
    assert factor == pytest.approx(9 / 11) and worst(rate, momentum) == pytest.approx(factor, abs=1e-6)
    for other_rate, other_momentum in ((0.97, 1.0), (1.03, 1.0), (1.0, 0.97), (1.0, 1.03)):
        assert worst(rate * other_rate, momentum * other_momentum) > factor
