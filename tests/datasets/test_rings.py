import numpy as np

from datasets.rings import make_rings


def test_each_class_has_its_ring() -> None:
    data = make_rings(samples=3000, noise=0.0, seed=0)
    radius = np.hypot(*data.inputs.T)
    for label in range(3):
        ring = radius[data.targets == label]
        assert 2 * label <= ring.min() < 2 * label + 0.05
        assert 2 * label + 0.95 < ring.max() <= 2 * label + 1


def test_remainders_of_three() -> None:
    assert np.bincount(make_rings(samples=22, noise=0.0, seed=0).targets).tolist() == [8, 7, 7]


def test_noise_moves_points_by_a_normal_shift() -> None:
    data = make_rings(samples=5000, noise=0.25, seed=0)
    inner = data.inputs[data.targets == 0]
    # variance of a coordinate: half the mean squared radius (1/3 for a uniform radius up to 1) plus (2·0.25)²
    assert np.abs(inner.var(axis=0) - (1 / 6 + 0.25)).max() < 0.05
