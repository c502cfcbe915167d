import numpy as np
import pytest

from datasets.hills import make_hills

PEAKS = {(-4, 2.5): 1, (0, 2.5): -1, (4, 2.5): 1, (-4, -2.5): -1, (0, -2.5): 1, (4, -2.5): -1}


def height(x1: float, x2: float) -> float:
    """The value of largest size among the six cones, as the Playground has it."""
    values = [sign * max(0.0, 1 - ((x1 - c1) ** 2 + (x2 - c2) ** 2) ** 0.5 / 2) for (c1, c2), sign in PEAKS.items()]
    return max(values, key=abs)


def test_heights_are_those_of_the_nearest_cone() -> None:
    data = make_hills(samples=1000, noise=0.0, seed=0)
    assert data.targets == pytest.approx([height(*place) for place in data.inputs])


def test_noise_moves_the_place_whose_height_is_told() -> None:
    data = make_hills(samples=1000, noise=0.05, seed=0)
    error = np.abs(data.targets - [height(*place) for place in data.inputs])
    assert error.mean() > 0.01
    assert error.max() <= 0.3 * 2**0.5 / 2  # a cone's slope is 1/2
