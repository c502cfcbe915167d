from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from dlcore.explain.own_image import read_image


def test_lists_become_an_image() -> None:
    rows = [[0, 0.25, 1], [0.5, 1.0, 0]]
    found = read_image(rows, (1, 2, 3))
    assert found.dtype == np.float32 and found.flags["C_CONTIGUOUS"]
    np.testing.assert_array_equal(found, np.array([rows], dtype=np.float32))
    np.testing.assert_array_equal(read_image([rows], (1, 2, 3)), found)
    colours = np.arange(18).reshape(3, 2, 3) / 17
    np.testing.assert_array_equal(read_image(colours.tolist(), (3, 2, 3)), colours.astype(np.float32))
    np.testing.assert_array_equal(read_image(colours, (3, 2, 3)), colours.astype(np.float32))


@pytest.mark.parametrize(
    ("value", "said"),
    [
        ([[0, 1]], r"image: expected 1 × 2 × 2 numbers, channels × height × width; received 1 in a row for 2"),
        ([[0, 1], [0]], "received 1 in a row for 2"),
        ([[0, 1], 7], "received int for 2"),
        ([], "received 0 in a row for 1"),
        ("ab", "received str for 1"),
        (None, "received NoneType for 1"),
        ([[0, 1], [0, "1"]], "expected 1 × 2 × 2 numbers from 0 to 1; received str among them"),
        ([[0, 1], [0, True]], "received bool among them"),
        ([[0, 1], [0, [1]]], "received list among them"),
        ([[0, 1], [0, 1.5]], r"expected numbers from 0 \(black\) to 1 \(white\); received 1.5"),
        ([[0, 1], [0, -0.1]], "received -0.1"),
        ([[0, 1], [0, float("nan")]], "received nan"),
        ([[0, 1], [0, float("inf")]], "received inf"),
        ([[0, 1], [0, 10**400]], "received 1000"),
        ([[[0, 1], [0, 1]], [[0, 1], [0, 1]]], "received 2 in a row for 1"),
    ],
)
def test_anything_else_is_refused_with_a_sentence(value: Any, said: str) -> None:
    with pytest.raises(ValueError, match=said):
        read_image(value, (1, 2, 2))


def test_a_network_that_reads_no_images_says_so() -> None:
    with pytest.raises(ValueError, match="image: this network reads 4 values a sample, no images"):
        read_image([0, 1, 0, 1], (4,))
