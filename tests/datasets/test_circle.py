import numpy as np

from datasets.circle import make_circle


def test_a_disc_and_a_ring_with_a_gap() -> None:
    data = make_circle(samples=2000, noise=0.0, seed=0)
    radius = np.hypot(*data.inputs.T)
    inside, outside = radius[data.targets == 1], radius[data.targets == 0]
    assert 2.4 < inside.max() <= 2.5
    assert 3.5 <= outside.min() < 3.6
    assert 4.9 < outside.max() <= 5.0
    assert abs(inside.mean() - 1.25) < 0.1  # the radius is uniform, not the area


def test_all_directions_are_as_likely() -> None:
    data = make_circle(samples=4000, noise=0.0, seed=1)
    counts = np.bincount((data.inputs[:, 0] > 0) * 2 + (data.inputs[:, 1] > 0))
    assert np.abs(counts - 1000).max() < 150


def test_noise_flips_labels_near_the_border_only() -> None:
    data = make_circle(samples=5000, noise=0.1, seed=2)  # places move by 0.5 at most each way, 0.71 in all
    radius = np.hypot(*data.inputs.T)
    flipped = data.targets != (radius < 3.0)
    assert 0.02 < flipped.mean() < 0.2
    assert radius[flipped].min() > 2.5 - 0.71
    assert radius[flipped].max() <= 2.5  # from the ring, 3.5 away, 0.71 does not reach the border
