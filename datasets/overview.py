"""What is to be seen of data at a glance: how values are spread, how classes are balanced, what goes with what."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np


@dataclass(frozen=True, slots=True, kw_only=True)
class Summary:
    """One feature in eight numbers; of the values that are there. `deviation` divides by n - 1."""

    missing: int
    mean: float
    deviation: float
    least: float
    lower: float  # a quarter of the values is at most this
    median: float
    upper: float
    most: float


def summarize(values: np.ndarray) -> Summary:
    """The summary of values (n,), NaN where one is missing; quartiles between two values in proportion.

    Raises: ValueError: no value is there.
    """
    known = values[~np.isnan(values)]
    if not len(known):
        raise ValueError("values: expected at least one that is not missing; received none")
    lower, median, upper = np.quantile(known, [0.25, 0.5, 0.75])
    return Summary(
        missing=len(values) - len(known),
        mean=float(known.mean()),
        deviation=float(known.std(ddof=1)) if len(known) > 1 else 0.0,
        least=float(known.min()),
        lower=float(lower),
        median=float(median),
        upper=float(upper),
        most=float(known.max()),
    )


def class_counts(labels: np.ndarray, classes: int) -> np.ndarray:
    """How many samples (n,) each of so many classes has, int64 (classes,)."""
    return np.bincount(labels, minlength=classes)


def spread(values: np.ndarray, labels: np.ndarray, classes: int, bins: int = 24) -> tuple[np.ndarray, np.ndarray]:
    """How often values (n,) of each class fall into each of `bins` equally wide bins.

    Gives the edges (bins + 1,) and the counts (classes, bins). All classes share the bins, from the least to the
    largest value; missing ones (NaN) are left out.

    Raises: ValueError: no value is there.
    """
    known = ~np.isnan(values)
    if not known.any():
        raise ValueError("values: expected at least one that is not missing; received none")
    edges = np.histogram_bin_edges(values[known], bins=bins)
    counts = [np.histogram(values[known & (labels == number)], bins=edges)[0] for number in range(classes)]
    return edges, np.array(counts, dtype=np.int64)


def correlations(table: np.ndarray) -> np.ndarray:
    """Pearson's r of every two columns of (n, d), (d, d): Σ(x-x̄)(y-ȳ) / √(Σ(x-x̄)² Σ(y-ȳ)²), between -1 and 1.

    Of two columns the rows count in which both are there. NaN where a column does not vary: nothing goes with it.
    """
    known = ~np.isnan(table)
    size = table.shape[1]
    found = np.full((size, size), np.nan)
    for one in range(size):
        for other in range(one, size):
            both = known[:, one] & known[:, other]
            if both.any():
                found[one, other] = found[other, one] = _pearson(table[both, one], table[both, other])
    return found


def _pearson(x: np.ndarray, y: np.ndarray) -> float:
    if x.min() == x.max() or y.min() == y.max():  # exactly: a mean is rounded, and rounding would seem to vary
        return float("nan")
    x, y = x - x.mean(), y - y.mean()
    length = np.sqrt((x @ x) * (y @ y))
    return float("nan") if length == 0 else float(np.clip(x @ y / length, -1.0, 1.0))  # rounding reaches beyond 1


def first_of_each(labels: np.ndarray, classes: int, count: int) -> list[np.ndarray]:
    """The rows of the first `count` samples of each class, fewer where it has fewer."""
    return [np.flatnonzero(labels == number)[:count] for number in range(classes)]


def class_means(images: np.ndarray, labels: np.ndarray, classes: int) -> np.ndarray:
    """The mean image of each class, float64 (classes, channels, height, width); NaN for a class without samples."""
    means = np.full((classes, *images.shape[1:]), np.nan)
    for number in range(classes):
        of_class = images[labels == number]
        if len(of_class):
            means[number] = of_class.mean(axis=0, dtype=np.float64)
    return means


def pixel_counts(images: np.ndarray, bins: int = 32) -> tuple[np.ndarray, np.ndarray]:
    """How many pixels of all images fall into each of `bins` equally wide bins from 0 to 1.

    Gives the edges (bins + 1,) and the counts of each channel (channels, bins).
    """
    edges = np.linspace(0.0, 1.0, bins + 1)
    channels = np.moveaxis(images, 1, 0).reshape(images.shape[1], -1)
    # much faster than np.histogram, which sorts
    places = np.minimum((channels * bins).astype(np.int64), bins - 1)
    return edges, np.array([np.bincount(channel, minlength=bins) for channel in places])
