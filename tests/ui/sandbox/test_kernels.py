from __future__ import annotations

from fractions import Fraction

import numpy as np
import pytest
from scipy import ndimage

from ui.sandbox.component import LARGEST
from ui.sandbox.kernels import KERNELS, KernelRow

ROWS = {row.name: row for row in KERNELS}
IMAGE = np.random.default_rng(0).random((9, 9))


def numbers(name: str) -> np.ndarray:
    return np.array([[float(Fraction(cell)) for cell in row] for row in ROWS[name].rows])


@pytest.mark.parametrize("row", KERNELS, ids=lambda row: row.name)
def test_rows_are_square_and_odd(row: KernelRow) -> None:
    found = numbers(row.name)
    assert found.shape[0] == found.shape[1] <= LARGEST and len(found) % 2 == 1
    assert row.summary.endswith(".")
    # what only differs from pixel to pixel gives 0 on a plain area; all else keeps its brightness
    assert found.sum() == pytest.approx(0 if row.signed else 1)


def test_they_do_what_their_names_say() -> None:
    def filtered(name: str) -> np.ndarray:
        made: np.ndarray = ndimage.correlate(IMAGE, numbers(name))[2:-2, 2:-2]
        return made

    for name, expected in (
        ("identity", IMAGE),
        ("box", ndimage.uniform_filter(IMAGE, 3)),
        ("sobel_x", ndimage.sobel(IMAGE, axis=1)),
        ("sobel_y", ndimage.sobel(IMAGE, axis=0)),
    ):
        np.testing.assert_allclose(filtered(name), expected[2:-2, 2:-2], atol=1e-12)
    row = np.array([1, 4, 6, 4, 1]) / 16  # Pascal's triangle
    np.testing.assert_allclose(numbers("gaussian"), np.outer(row, row))
