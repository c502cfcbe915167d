import numpy as np

from datasets.figures import FIGURES
from datasets.shapes import make_shapes


def test_without_clutter_a_figure_is_the_only_thing_that_shines() -> None:
    data = make_shapes(samples=80, noise=0.0, seed=3, clutter=0)
    images = data.inputs[:, 0]
    ground = images.reshape(80, -1).min(axis=1)
    shining = images > (ground[:, None, None] + 0.3)
    counts = shining.sum(axis=(1, 2))
    assert counts.min() > 0.8 * np.pi * 4**2  # the smallest radius
    assert counts.max() < 1.2 * np.pi * 8**2  # the largest
    assert not shining[:, [0, -1]].any() and not shining[:, :, [0, -1]].any()  # no figure is cut off


def test_without_rotation_squares_are_upright() -> None:
    data = make_shapes(samples=200, noise=0.0, seed=1, rotation=False, clutter=0)
    for image in data.inputs[data.targets == FIGURES.index("square"), 0]:
        mask = image > image.min() + 0.3
        rows, columns = np.nonzero(mask)
        assert mask[rows.min() : rows.max() + 1, columns.min() : columns.max() + 1].mean() > 0.9  # fills its frame


def test_clutter_and_noise_are_added() -> None:
    clean, cluttered, noisy = (
        make_shapes(samples=40, noise=noise, seed=2, clutter=clutter) for noise, clutter in ((0, 0), (0, 5), (0.1, 0))
    )
    assert (clean.inputs != cluttered.inputs).mean() > 0.02
    error = (noisy.inputs - clean.inputs)[(clean.inputs > 0.4) & (clean.inputs < 0.6)]  # far from black and white
    assert 0.09 < error.std() < 0.11


def test_neither_brightness_nor_area_gives_the_class_away() -> None:
    data = make_shapes(samples=2000, noise=0.0, seed=5)
    means = data.inputs.mean(axis=(1, 2, 3))
    by_class = [means[data.targets == number].mean() for number in range(len(FIGURES))]
    assert np.ptp(by_class) < 4 * means.std() / np.sqrt(500)
