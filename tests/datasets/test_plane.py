import numpy as np

from datasets.plane import make_plane


def test_the_height_is_a_twelfth_of_the_sum() -> None:
    data = make_plane(samples=500, noise=0.0, seed=0)
    assert np.allclose(data.targets * 12, data.inputs.sum(axis=1))


def test_places_are_spread_evenly() -> None:
    inputs = make_plane(samples=5000, noise=0.0, seed=0).inputs
    assert np.abs(inputs.mean(axis=0)).max() < 0.25
    assert np.abs(inputs.var(axis=0) / 12.0 - 1).max() < 0.1  # the variance of a uniform number over 12 is 12


def test_noise_moves_the_place_whose_height_is_told() -> None:
    data = make_plane(samples=5000, noise=0.2, seed=0)
    error = data.targets - data.inputs.sum(axis=1) / 12
    assert np.abs(error).max() <= 2 * 1.2 / 12
    assert abs(error.var() / (2 * 1.2**2 / 3 / 144) - 1) < 0.1
