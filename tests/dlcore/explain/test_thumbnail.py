from __future__ import annotations

import numpy as np

from dlcore.explain.thumbnail import thumbnail


def test_small_images_keep_their_pixels() -> None:
    image = np.array([[[0.0, 0.5], [1.0, 0.25]]], dtype=np.float32)
    np.testing.assert_array_equal(thumbnail(image, 2), [[[0, 128], [255, 64]]])
    assert thumbnail(np.zeros((3, 4, 6), np.float32), 6).shape == (3, 4, 6)


def test_large_images_become_means_of_blocks() -> None:
    image = np.arange(15, dtype=np.float32).reshape(1, 3, 5) / 14
    # blocks of 2 × 2; the last column and the last row stand alone
    means = [[(0 + 1 + 5 + 6) / 4, (2 + 3 + 7 + 8) / 4, (4 + 9) / 2], [(10 + 11) / 2, (12 + 13) / 2, 14]]
    np.testing.assert_array_equal(thumbnail(image, 3), np.round(255 * np.array([means]) / 14))


def test_other_channels_than_grey_or_colour_are_averaged() -> None:
    image = np.stack([np.full((2, 2), value, np.float32) for value in (0.0, 1.0)])
    np.testing.assert_array_equal(thumbnail(image, 8), np.full((1, 2, 2), 128))
