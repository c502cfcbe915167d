import numpy as np
import pytest

from datasets.waves import STEPS, make_waves


def test_the_target_is_the_value_that_comes_next() -> None:
    # two sines of fixed frequencies follow x[t+2] + x[t-2] = c (x[t+1] + x[t-1]) - d x[t]: solve for c, d, then go on
    data = make_waves(samples=200, noise=0.0, seed=3)
    for series, target in zip(data.inputs[:, 0].astype(np.float64), data.targets, strict=True):
        outer, inner, middle = series[4:] + series[:-4], series[3:-1] + series[1:-3], series[2:-2]
        (c, d), *_ = np.linalg.lstsq(np.column_stack([inner, -middle]), outer, rcond=None)
        following = c * (series[-1] + series[-3]) - d * series[-2] - series[-4]
        assert following == pytest.approx(target, abs=0.02)


def test_waves_take_eight_to_twenty_four_steps() -> None:
    data = make_waves(samples=300, noise=0.0, seed=1)
    assert data.inputs.shape == (300, 1, STEPS)
    assert np.abs(data.inputs).max() <= 1.4
    power = (np.abs(np.fft.rfft(data.inputs[:, 0] * np.hanning(STEPS))) ** 2).mean(axis=0)  # k waves in 48 steps
    inside, outside = power[2:7], np.concatenate([power[:1], power[9:]])
    assert inside.min() > 100 * outside.max(), "two to six waves fit, as 24 and 8 steps a wave say, and no others"


def test_noise_is_of_the_measurements_and_not_of_the_target() -> None:
    clean, noisy = (make_waves(samples=500, noise=noise, seed=2) for noise in (0.0, 0.3))
    assert np.array_equal(clean.targets, noisy.targets)
    assert (noisy.inputs - clean.inputs).std() == pytest.approx(0.3, abs=0.01)
