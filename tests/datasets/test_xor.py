import numpy as np

from datasets.xor import make_xor


def test_the_sign_of_the_product_is_the_class() -> None:
    data = make_xor(samples=2001, noise=0.0, seed=0)
    assert np.array_equal(data.targets == 1, data.inputs.prod(axis=1) > 0)


def test_points_keep_away_from_the_axes_and_fill_all_quarters() -> None:
    inputs = make_xor(samples=2000, noise=0.0, seed=0).inputs
    distance = np.abs(inputs)
    assert 0.3 <= distance.min() < 0.32
    assert 5.25 < distance.max() <= 5.3
    quarters = np.bincount((inputs[:, 0] > 0) * 2 + (inputs[:, 1] > 0))
    assert quarters.min() > 400


def test_noise_flips_labels_near_the_axes_only() -> None:
    data = make_xor(samples=5000, noise=0.1, seed=2)
    flipped = data.targets != (data.inputs.prod(axis=1) > 0)
    assert flipped.any()
    assert np.abs(data.inputs[flipped]).min(axis=1).max() < 0.5


def test_noise_flips_as_many_labels_as_probability_says() -> None:
    data = make_xor(samples=5000, noise=0.5, seed=3)
    flipped = data.targets != (data.inputs.prod(axis=1) > 0)
    # one coordinate changes sign with p = ∫ (2.5 - x)/5 dx/5 for x from 0.3 to 2.5; the label flips if exactly one does
    p = (2.2**2 / 2) / 25
    assert abs(flipped.mean() - 2 * p * (1 - p)) < 0.02
