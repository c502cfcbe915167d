import numpy as np
import pytest

from datasets.gauss import make_gauss


@pytest.mark.parametrize(("noise", "variance"), [(0.0, 0.5), (0.1, 1.2)])
def test_mean_and_variance_of_each_cloud(noise: float, variance: float) -> None:
    data = make_gauss(samples=5000, noise=noise, seed=0)
    for label, centre in ((1, 2.0), (0, -2.0)):
        cloud = data.inputs[data.targets == label]
        assert np.abs(cloud.mean(axis=0) - centre).max() < 0.08
        assert np.abs(cloud.var(axis=0) / variance - 1).max() < 0.1
        assert abs(np.corrcoef(cloud.T)[0, 1]) < 0.08


def test_points_that_leave_the_plane_are_drawn_again_not_moved_to_its_border() -> None:
    inputs = make_gauss(samples=5000, noise=0.5, seed=0).inputs
    assert (np.abs(inputs) == 6.0).sum() == 0
    share_near_the_border = (np.abs(inputs).max(axis=1) > 5.9).mean()
    assert share_near_the_border < 0.02  # the cut density near 6 is below 2 % for a band of 0.1
