"""Made images of one geometric figure each, anywhere, of any size, turned, among clutter."""

from __future__ import annotations

import math

import numpy as np

from datasets.dataset import Card, Dataset
from datasets.figures import FIGURES, REACH, coverage, strokes
from datasets.made import FREE, MADE, OURS

SIDE = 32
_RADIUS = (4.0, 8.0)  # pixels


def make_shapes(*, samples: int, noise: float, seed: int, rotation: bool = True, clutter: int = 4) -> Dataset:
    """Images (samples, 1, 32, 32) of a bright figure on a darker ground; class = circle, square, triangle or cross.

    Radius 4 … 8 pixels (figures of a radius have equal areas), place anywhere inside, angle any (or none without
    `rotation`), brightness of ground and figure drawn evenly. `clutter` short strokes lie behind the figure. `noise` is
    the standard deviation of each pixel's error; the sum is cut off at black and white, as a camera does.
    """
    rng = np.random.default_rng(seed)
    targets = rng.permutation(np.arange(samples) % len(FIGURES))
    radius = rng.uniform(*_RADIUS, samples)
    room = (SIDE - 1) / 2 - REACH * radius  # from the middle, so that no corner leaves the image
    centre = (SIDE - 1) / 2 + rng.uniform(-1.0, 1.0, (samples, 2)) * room[:, None]
    angle = rng.uniform(0.0, 2 * math.pi, samples) * rotation
    ground, bright = rng.uniform(0.0, 0.25, samples), rng.uniform(0.6, 1.0, samples)

    images = np.repeat(ground.astype(np.float32), SIDE * SIDE).reshape(samples, SIDE, SIDE)
    for _ in range(clutter):
        start = rng.uniform(0, SIDE - 1, (samples, 2))
        end = start + rng.uniform(-6.0, 6.0, (samples, 2))
        images = _paint(images, strokes(side=SIDE, start=start, end=end), rng.uniform(0.3, 0.8, samples))
    for number, figure in enumerate(FIGURES):
        rows = np.flatnonzero(targets == number)
        cover = coverage(figure, side=SIDE, centre=centre[rows], radius=radius[rows], angle=angle[rows])
        images[rows] = _paint(images[rows], cover, bright[rows])
    images += noise * rng.standard_normal(images.shape, dtype=np.float32)
    return Dataset(
        inputs=np.clip(images, 0.0, 1.0).astype(np.float32)[:, None],
        targets=targets.astype(np.int64),
        features=(),
        target="figure",
        classes=FIGURES,
    )


def _paint(images: np.ndarray, cover: np.ndarray, brightness: np.ndarray) -> np.ndarray:
    painted: np.ndarray = images + cover * (brightness.astype(np.float32)[:, None, None] - images)
    return painted


SHAPES = Card(
    name="shapes",
    title="Shapes",
    kind="images",
    summary="Tell circles, squares, triangles and crosses apart, wherever they are, however large and however turned. "
    "A dense network must learn each place anew; a convolution need not.",
    features=(),
    target="figure",
    classes=FIGURES,
    shape=(1, SIDE, SIDE),
    load=make_shapes,
    source=OURS,
    licence=FREE,
    flaws=f"{MADE} There is always exactly one whole figure, brighter than the ground.",
)
