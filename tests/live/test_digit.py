"""A drawing brought into the manner of a data set: box, centre of mass, and nothing lost."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

from datasets.mnist import load_mnist

pytestmark = pytest.mark.browser
Module = Callable[..., Any]
SIDE = 70
IMAGE = """((image) => image && [...image])(m.imageOf(Float32Array.from(a.ink), a.width, a.size,
  { box: a.box, centre: a.centre }))"""


def drawn(module: Module, ink: np.ndarray, side: int, box: int | None, centre: str) -> Any:
    told = {"ink": ink.flatten().tolist(), "width": ink.shape[1], "size": [side, side], "box": box, "centre": centre}
    found = module("digit.js", IMAGE, told)
    return None if found is None else np.array(found).reshape(side, side)


def test_mnists_manner(module: Module) -> None:
    ink = np.zeros((SIDE, SIDE))
    ink[10:52, 30:36] = 1  # a tall stroke with a heavy foot, far from the middle
    ink[46:52, 30:60] = 1
    image = drawn(module, ink, 28, 20, "mass")
    rows, columns = (np.flatnonzero(image.sum(axis=axis) > 0) for axis in (1, 0))
    assert rows[-1] - rows[0] + 1 == 20 and columns[-1] - columns[0] + 1 == round(20 * 30 / 42)
    at = np.arange(28) + 0.5
    centre = (image.sum(axis=1) @ at / image.sum(), image.sum(axis=0) @ at / image.sum())
    assert np.abs(np.array(centre) - 14.5).max() <= 0.5, "moved by whole pixels to the middle of pixel 14"
    # means over equal areas: the share of ink stays
    assert image.sum() / (20 * (columns[-1] - columns[0] + 1)) == pytest.approx(ink.sum() / (42 * 30), rel=1e-6)
    assert image.min() >= 0 and image.max() <= 1


def test_mnist_itself_is_as_drawings_are_made() -> None:
    x = load_mnist().inputs[:, 0]
    at, mass = np.arange(28) + 0.5, x.sum(axis=(1, 2))
    centres = np.stack([x.sum(axis=2) @ at / mass, x.sum(axis=1) @ at / mass])
    assert np.abs(centres.mean(axis=1) - 14.5).max() < 0.02 and np.abs(centres - 14.5).max() <= 1.0
    inked = np.maximum((x > 0).any(axis=2).sum(axis=1), (x > 0).any(axis=1).sum(axis=1))
    assert np.median(inked) == 20


def test_it_does_not_matter_where_and_how_large_one_draws(module: Module) -> None:
    small, large = np.zeros((SIDE, SIDE)), np.zeros((SIDE, SIDE))
    small[3:13, 50:60] = np.eye(10)
    large[20:60, 5:45] = np.kron(np.eye(10), np.ones((4, 4)))
    images = [drawn(module, ink, 28, 20, "mass") for ink in (small, large)]
    np.testing.assert_allclose(images[0], images[1], atol=1e-6)


def test_digits_of_8_by_8_fill_their_image(module: Module) -> None:
    ink = np.zeros((SIDE, SIDE))
    ink[20:52, 30:46] = np.random.default_rng(0).random((32, 16)) * 0.5 + 0.5
    image = drawn(module, ink, 8, 8, "box")
    assert (image.sum(axis=1) > 0).all()
    np.testing.assert_allclose(image[:, 2:6], ink[20:52, 30:46].reshape(8, 4, 4, 4).mean(axis=(1, 3)), atol=1e-6)
    assert not image[:, :2].any() and not image[:, 6:].any()


def test_without_a_box_it_stays_as_it_was_drawn(module: Module) -> None:
    ink = np.random.default_rng(1).random((64, 64))
    image = drawn(module, ink, 16, None, "none")
    np.testing.assert_allclose(image, ink.reshape(16, 4, 16, 4).mean(axis=(1, 3)), atol=1e-6)


def test_an_empty_board_is_no_image(module: Module) -> None:
    assert drawn(module, np.zeros((SIDE, SIDE)), 28, 20, "mass") is None
