import numpy as np

from datasets.sine import make_sine


def test_the_height_is_the_sine_of_the_first_coordinate() -> None:
    data = make_sine(samples=500, noise=0.0, seed=0)
    assert np.allclose(data.targets, np.sin(data.inputs[:, 0]))


def test_the_second_coordinate_says_nothing() -> None:
    data = make_sine(samples=5000, noise=0.0, seed=0)
    assert abs(np.corrcoef(data.inputs[:, 1], data.targets)[0, 1]) < 0.07


def test_noise_is_the_standard_deviation_of_the_target() -> None:
    data = make_sine(samples=5000, noise=0.3, seed=0)
    error = data.targets - np.sin(data.inputs[:, 0])
    assert abs(error.std() - 0.3) < 0.015
    assert abs(error.mean()) < 0.02
