"""Geometric figures painted with soft edges: what made images are composed of."""

from __future__ import annotations

import math

import numpy as np

FIGURES = ("circle", "square", "triangle", "cross")

# from a figure's radius (that of the circle of equal area) to half its side, its corners' distance, half its arms
_HALF_SQUARE = math.sqrt(math.pi) / 2
_CORNER = math.sqrt(4 * math.pi / (3 * math.sqrt(3)))
_HALF_CROSS = math.sqrt(9 * math.pi / 20)
REACH = _CORNER  # nothing of any figure is farther from its centre than this many radii


def distance(figure: str, x: np.ndarray, y: np.ndarray) -> np.ndarray:
    """How far places (x, y) are outside of a figure of radius 1 round the origin, negative inside; nearest edge's line.

    All figures have the area of the unit circle, so that none is known by its size. y points down, as in images.

    Raises: ValueError: there is no such figure.
    """
    match figure:
        case "circle":
            away: np.ndarray = np.hypot(x, y) - 1.0
        case "square":
            away = np.maximum(np.abs(x), np.abs(y)) - _HALF_SQUARE
        case "triangle":
            away = np.maximum(y, math.sqrt(3) / 2 * np.abs(x) - 0.5 * y) - 0.5 * _CORNER
        case "cross":
            long, short = np.maximum(np.abs(x), np.abs(y)), np.minimum(np.abs(x), np.abs(y))
            away = np.maximum(long - _HALF_CROSS, short - _HALF_CROSS / 3)
        case _:
            raise ValueError(f"figure: expected one of {', '.join(FIGURES)}; received {figure!r}")
    return away


def coverage(figure: str, *, side: int, centre: np.ndarray, radius: np.ndarray, angle: np.ndarray) -> np.ndarray:
    """How much of each pixel figures cover, (n, side, side) float32 in [0, 1], one image a figure.

    `centre` (n, 2) column and row in pixels, `radius` (n,) pixels, `angle` (n,) radians, clockwise. Edges are one pixel
    soft: `clip(½ - distance, 0, 1)`, distances in pixels.
    """
    dx, dy = _from(centre, side)
    cosine, sine, size = (_single(values)[:, None, None] for values in (np.cos(angle), np.sin(angle), radius))
    away = distance(figure, (cosine * dx + sine * dy) / size, (cosine * dy - sine * dx) / size) * size
    cover: np.ndarray = np.clip(0.5 - away, 0.0, 1.0)
    return cover


def strokes(*, side: int, start: np.ndarray, end: np.ndarray, width: float = 1.0) -> np.ndarray:
    """How much of each pixel a straight stroke covers, (n, side, side) float32, from `start` to `end`, (n, 2) each."""
    dx, dy = _from(start, side)
    ax, ay = np.moveaxis(_single(end - start), 1, 0)[:, :, None, None]
    t = np.clip((dx * ax + dy * ay) / np.maximum(ax**2 + ay**2, np.float32(1e-9)), 0.0, 1.0)
    cover: np.ndarray = np.clip(0.5 + width / 2 - np.hypot(dx - t * ax, dy - t * ay), 0.0, 1.0)
    return cover


def _from(points: np.ndarray, side: int) -> tuple[np.ndarray, np.ndarray]:
    # each pixel's place as seen from points (n, 2): columns (n, 1, side) and rows (n, side, 1)
    line, at = np.arange(side, dtype=np.float32), _single(points)
    dx, dy = line - at[:, 0, None, None], line[:, None] - at[:, 1, None, None]
    return dx, dy


def _single(values: np.ndarray) -> np.ndarray:
    return values.astype(np.float32)  # half the time of double precision, and pixels are float32
