"""The surfaces: minima where they are said to be, gradients against finite differences, heights by hand."""

from __future__ import annotations

import numpy as np
import pytest
import torch
from scipy.optimize import approx_fprime

from dlcore.training.optimizers import OPTIMIZERS
from dlcore.training.surfaces import SURFACES, Surface, beale, himmelblau, rosenbrock, valley

EACH = pytest.mark.parametrize("row", SURFACES, ids=lambda row: row.name)
RANDOM = np.random.default_rng(3)


def settings(row: Surface) -> dict[str, float]:
    return {name: default for name, default, _, _ in row.settings}


def gradient(row: Surface, place: tuple[float, float]) -> np.ndarray:
    w = torch.tensor(place, dtype=torch.float64, requires_grad=True)
    row.height(w[0], w[1], **settings(row)).backward()
    assert w.grad is not None
    return w.grad.numpy()


def hessian(row: Surface, place: tuple[float, float]) -> np.ndarray:
    function = lambda w: row.height(w[0], w[1], **settings(row))  # noqa: E731
    found: torch.Tensor = torch.autograd.functional.hessian(function, torch.tensor(place, dtype=torch.float64))
    return found.numpy()


@EACH
def test_minima_saddles_and_start(row: Surface) -> None:
    for place in row.minima:
        assert row.height(*place, **settings(row)) == pytest.approx(row.lowest, abs=1e-9)
        assert np.abs(gradient(row, place)).max() < 1e-4
        assert np.linalg.eigvalsh(hessian(row, place)).min() > 0
    for place in row.saddles:
        assert np.abs(gradient(row, place)).max() < 1e-12
        assert np.linalg.eigvalsh(hessian(row, place))[0] < 0 < np.linalg.eigvalsh(hessian(row, place))[1]
    for place in (*row.minima, *row.saddles, row.start):
        assert all(low <= value <= high for value, (low, high) in zip(place, row.range, strict=True))
    assert set(row.rates) == {optimizer.name for optimizer in OPTIMIZERS}


@EACH
def test_nothing_in_sight_is_lower_than_the_minima(row: Surface) -> None:
    x, y = np.meshgrid(*(np.linspace(*ends, 301) for ends in row.range))
    assert row.height(x, y, **settings(row)).min() >= row.lowest - 1e-9


@EACH
def test_gradients_agree_with_finite_differences(row: Surface) -> None:
    for place in RANDOM.uniform(*np.array(row.range).T, (20, 2)):
        differences = approx_fprime(place, lambda w: row.height(*w, **settings(row)), 1e-7)
        np.testing.assert_allclose(gradient(row, tuple(place)), differences, rtol=1e-4, atol=1e-2)


def test_the_valley_has_the_eigenvalues_it_is_asked_for_however_it_is_turned() -> None:
    for angle in (0.0, 30.0, 90.0):
        function = lambda w, angle=angle: valley(w[0], w[1], 40.0, angle)  # noqa: E731
        found = torch.autograd.functional.hessian(function, torch.tensor([0.3, -2.0], dtype=torch.float64))
        np.testing.assert_allclose(np.linalg.eigvalsh(found.numpy()), [1.0, 40.0], rtol=1e-12)


def test_heights_by_hand() -> None:
    assert rosenbrock(-1, 2) == 4 + 100
    assert himmelblau(0, 0) == 121 + 49
    assert beale(0, 0) == pytest.approx(1.5**2 + 2.25**2 + 2.625**2)
    assert valley(3.0, 2.0, 25.0, 0.0) == pytest.approx(0.5 * (9 + 25 * 4))
