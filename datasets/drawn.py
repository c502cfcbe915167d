"""Points that a learner drew onto the plane."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from datasets.dataset import Dataset


def drawn(points: Sequence[tuple[float, float, int]]) -> Dataset:
    """The points `(x1, x2, label)` as a data set, in the order in which they were drawn.

    There are two classes unless a point has label 2; then three.

    Raises: ValueError: a label is none of 0, 1, 2, or a coordinate lies outside [-6, 6].
    """
    for x1, x2, label in points:
        if label not in (0, 1, 2):
            raise ValueError(f"points: expected a label of 0, 1 or 2; received {label!r}")
        if not (-6 <= x1 <= 6 and -6 <= x2 <= 6):
            raise ValueError(f"points: expected coordinates between -6 and 6; received ({x1!r}, {x2!r})")
    labels = np.array([label for _, _, label in points], dtype=np.int64)
    return Dataset(
        inputs=np.array([(x1, x2) for x1, x2, _ in points], dtype=np.float64).reshape(-1, 2),
        targets=labels,
        features=("x1", "x2"),
        target="class",
        classes=("class A", "class B", "class C") if 2 in labels else ("class A", "class B"),
    )
