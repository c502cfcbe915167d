"""The fits against NumPy's pseudoinverse and the normal equations; the peak, and what removes it."""

from __future__ import annotations

import numpy as np
import pytest
import torch

from dlcore.explain.double_descent import REPEATS, _fits, errors


@pytest.mark.parametrize("features", [5, 12, 30])
def test_fits_are_the_shortest_and_the_penalized_ones(features: int) -> None:
    shuffle = np.random.default_rng(0)
    f, y = shuffle.standard_normal((12, features)), shuffle.standard_normal(12)
    shortest, penalized = _fits(torch.from_numpy(f), torch.from_numpy(y), 0.3)
    np.testing.assert_allclose(shortest.numpy(), np.linalg.pinv(f) @ y, atol=1e-10)
    np.testing.assert_allclose(
        penalized.numpy(), np.linalg.solve(f.T @ f + 0.3 * np.eye(features), f.T @ y), atol=1e-10
    )


def test_gradient_descent_from_zero_finds_the_shortest() -> None:
    # what the page says of it
    shuffle = np.random.default_rng(1)
    f, y = shuffle.standard_normal((6, 15)), shuffle.standard_normal(6)
    w = np.zeros(15)
    for _ in range(20_000):
        w -= 0.01 * f.T @ (f @ w - y)
    np.testing.assert_allclose(w, np.linalg.pinv(f) @ y, atol=1e-6)


def test_the_error_peaks_where_features_pass_examples() -> None:
    at = {count: errors(features=count, examples=40, noise=0.5, l2=0.1) for count in (10, 40, 400)}
    middle = {count: {name: float(np.median(found[name])) for name in found} for count, found in at.items()}
    assert len(at[40]["test"]) == REPEATS
    assert middle[10]["train"] > 0.1 and middle[40]["train"] < 1e-12 and middle[400]["train"] < 1e-12
    assert middle[40]["test"] > 10 * middle[10]["test"] and middle[40]["test"] > 10 * middle[400]["test"]
    assert middle[400]["test"] > middle[10]["test"], "with much noise the second descent stays above the first valley"
    assert middle[40]["l2"] < 1.3 * middle[10]["l2"], "a penalty removes the peak"


def test_little_noise_lets_the_second_descent_win() -> None:
    first, last = (
        float(np.median(errors(features=count, examples=40, noise=0.2, l2=0.1)["test"])) for count in (10, 800)
    )
    assert last < first


def test_what_cannot_be_fitted_is_refused() -> None:
    with pytest.raises(ValueError, match="l2 above 0; received 3, 4 and 0"):
        errors(features=3, examples=4, noise=0.1, l2=0.0)
