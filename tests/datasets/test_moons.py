import numpy as np

from datasets.moons import make_moons


def test_points_lie_on_half_circles() -> None:
    data = make_moons(samples=1001, noise=0.0, seed=0)
    upper, lower = data.inputs[data.targets == 0], data.inputs[data.targets == 1]
    assert np.allclose(np.hypot(upper[:, 0] + 1.5, upper[:, 1] + 0.75), 3.0)
    assert (upper[:, 1] >= -0.75).all()
    assert np.allclose(np.hypot(lower[:, 0] - 1.5, lower[:, 1] - 0.75), 3.0)
    assert (lower[:, 1] <= 0.75).all()


def test_the_shape_is_that_of_scikit_learn() -> None:
    from sklearn.datasets import make_moons as theirs

    inputs, labels = theirs(n_samples=400, shuffle=False)
    ours = make_moons(samples=4000, noise=0.0, seed=0)
    for label in (0, 1):
        scaled = (inputs[labels == label] - (0.5, 0.25)) * 3.0
        mine = ours.inputs[ours.targets == label]
        nearest = np.sqrt(((scaled[:, None] - mine[None]) ** 2).sum(axis=2)).min(axis=1)
        assert nearest.max() < 0.05


def test_noise_is_normal_around_the_moon() -> None:
    data = make_moons(samples=5000, noise=0.1, seed=1)
    upper = data.inputs[data.targets == 0]
    off = np.hypot(upper[:, 0] + 1.5, upper[:, 1] + 0.75) - 3.0
    inner = off[(upper[:, 1] > 1.0)]  # away from the moon's ends the distance to it is one normal number
    assert abs(inner.std() - 0.3) < 0.03
