"""Made scenes: images of several geometric figures each, with a box round every figure and a class for every pixel."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from datasets.figures import FIGURES, REACH, coverage, strokes
from datasets.made import FREE, MADE, OURS

SIDE = 48
KINDS = FIGURES[:3]  # circle, square, triangle
MOST = 4  # figures of a scene
_RADIUS = (4.0, 8.0)  # pixels
_APART = 12.0  # pixels between two centres: more than the diagonal of 8 × 8, so that each has such a square to itself
_TRIES = 16  # places that are tried for a figure before it is left out


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class Scenes:
    """Scenes and what is in them, in a fixed order.

    `images` (n, 1, 48, 48) float32 from 0 (black) to 1 (white). `boxes` (n, 4, 4) float32: x0, y0, x1, y1 of every
    figure in pixels from the upper left corner, y down; `kinds` (n, 4) int64: its class, 0 … 2, or -1 where there are
    fewer figures (their boxes are 0). `masks` (n, 48, 48) uint8: of every pixel 0 for the background, or 1 + class.
    """

    images: np.ndarray
    boxes: np.ndarray
    kinds: np.ndarray
    masks: np.ndarray


@dataclass(frozen=True, slots=True, kw_only=True)
class SceneCard:
    """What a learner should know about made scenes; `load(samples=, noise=, seed=, objects=, clutter=)` makes them."""

    name: str
    title: str
    summary: str
    classes: tuple[str, ...]
    shape: tuple[int, int, int]  # channels, height, width
    load: Callable[..., Scenes]
    source: str = ""
    licence: str = ""
    flaws: str = ""

    @property
    def size(self) -> str:
        """How much there is and what a sample holds, as people read it."""
        return f"scenes of {' × '.join(map(str, self.shape))}"


def make_scenes(*, samples: int, noise: float, seed: int, objects: int = MOST, clutter: int = 4) -> Scenes:
    """Scenes of 1 … `objects` bright figures on a darker ground: circles, squares, triangles.

    Radius 4 … 8 pixels (figures of a radius have equal areas), place anywhere inside, angle any, centres at least 12
    pixels and both radii apart; where no such place is found, a figure is left out. `clutter` short strokes lie
    behind. `noise` is the standard deviation of each pixel's error, cut off at black and white. A figure has the
    pixels that it covers by half or more; its box is the smallest that holds them.
    """
    rng = np.random.default_rng(seed)
    count = rng.integers(1, objects + 1, samples)
    kinds = rng.integers(0, len(KINDS), (samples, MOST))
    radius = rng.uniform(*_RADIUS, (samples, MOST))
    angle = rng.uniform(0.0, 2 * math.pi, (samples, MOST))
    bright = rng.uniform(0.5, 1.0, (samples, MOST))
    centre, found = _places(radius, count, rng)

    ground = rng.uniform(0.0, 0.25, samples).astype(np.float32)
    images = np.repeat(ground, SIDE * SIDE).reshape(samples, SIDE, SIDE)
    for _ in range(clutter):
        start = rng.uniform(0, SIDE - 1, (samples, 2))
        end = start + rng.uniform(-6.0, 6.0, (samples, 2))
        _paint(images, np.arange(samples), strokes(side=SIDE, start=start, end=end), rng.uniform(0.3, 0.8, samples))
    boxes = np.zeros((samples, MOST, 4), dtype=np.float32)
    masks = np.zeros((samples, SIDE, SIDE), dtype=np.uint8)
    for k in range(MOST):
        for number, figure in enumerate(KINDS):
            rows = np.flatnonzero(found[:, k] & (kinds[:, k] == number))
            cover = coverage(figure, side=SIDE, centre=centre[rows, k], radius=radius[rows, k], angle=angle[rows, k])
            _paint(images, rows, cover, bright[rows, k])
            inside = cover >= 0.5
            boxes[rows, k] = _boxes(inside)
            masks[rows] = np.where(inside, np.uint8(1 + number), masks[rows])
    images += noise * rng.standard_normal(images.shape, dtype=np.float32)
    return Scenes(
        images=np.clip(images, 0.0, 1.0).astype(np.float32)[:, None],
        boxes=boxes,
        kinds=np.where(found, kinds, -1),
        masks=masks,
    )


def _places(radius: np.ndarray, count: np.ndarray, rng: np.random.Generator) -> tuple[np.ndarray, np.ndarray]:
    """Centres (n, 4, 2), and which figures found a place (n, 4): for each the first of some that is free, if any."""
    samples, most = radius.shape
    middle = (SIDE - 1) / 2
    centre, found = np.zeros((samples, most, 2)), np.zeros((samples, most), dtype=bool)
    for k in range(most):
        room = middle - REACH * radius[:, k]  # from the middle, so that no corner leaves the image
        places = middle + rng.uniform(-1.0, 1.0, (samples, _TRIES, 2)) * room[:, None, None]
        free = np.broadcast_to((k < count)[:, None], (samples, _TRIES)).copy()
        for other in range(k):
            away = np.hypot(*np.moveaxis(places - centre[:, other, None], 2, 0))
            enough = np.maximum(radius[:, k] + radius[:, other] + 1.0, _APART)[:, None]
            free &= (away >= enough) | ~found[:, other, None]
        centre[:, k] = places[np.arange(samples), free.argmax(axis=1)]
        found[:, k] = free.any(axis=1)
    return centre, found


def _paint(images: np.ndarray, rows: np.ndarray, cover: np.ndarray, brightness: np.ndarray) -> None:
    images[rows] += cover * (brightness.astype(np.float32)[:, None, None] - images[rows])


def _boxes(inside: np.ndarray) -> np.ndarray:
    """The smallest boxes (n, 4) round the pixels that are inside, (n, 48, 48): x0, y0, x1, y1."""
    columns, rows = (np.asarray(inside.any(axis=axis)) for axis in (1, 2))
    x0, y0 = columns.argmax(axis=1), rows.argmax(axis=1)
    x1, y1 = SIDE - columns[:, ::-1].argmax(axis=1), SIDE - rows[:, ::-1].argmax(axis=1)
    boxes: np.ndarray = np.stack([x0, y0, x1, y1], axis=1)
    return boxes


SCENES = SceneCard(
    name="scenes",
    title="Scenes",
    summary="One to four circles, squares and triangles a scene: say where each is, or which class every pixel has.",
    classes=KINDS,
    shape=(1, SIDE, SIDE),
    load=make_scenes,
    source=OURS,
    licence=FREE,
    flaws=f"{MADE} Figures are whole, brighter than the ground, and never far behind one another.",
)
