import math

import numpy as np

from datasets.spiral import make_spiral


def test_the_second_point_of_each_arm_by_hand() -> None:
    data = make_spiral(samples=8, noise=0.0, seed=0)  # four points an arm: u = 0, 1/4, 1/2, 3/4
    radius, angle = 1.25, 3.5 * math.pi / 4
    first = (radius * math.sin(angle), radius * math.cos(angle))
    assert np.isclose(data.inputs[data.targets == 1], first).all(axis=1).sum() == 1
    assert np.isclose(data.inputs[data.targets == 0], (-first[0], -first[1])).all(axis=1).sum() == 1


def test_one_arm_is_the_other_turned_by_half_a_turn() -> None:
    data = make_spiral(samples=300, noise=0.0, seed=0)
    one, other = data.inputs[data.targets == 1], -data.inputs[data.targets == 0]
    assert np.allclose(one[np.lexsort(one.T.round(9))], other[np.lexsort(other.T.round(9))])


def test_noise_moves_points_by_at_most_itself() -> None:
    clean, noisy = (make_spiral(samples=1000, noise=noise, seed=5).inputs for noise in (0.0, 0.5))
    nearest = np.array([np.abs(clean - point).max(axis=1).min() for point in noisy])
    assert nearest.max() <= 0.5
    assert np.hypot(*noisy.T).max() > 5.0
