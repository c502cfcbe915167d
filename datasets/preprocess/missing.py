"""Missing values: rows without them, or a value of the column in their place."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np

Missing = Literal["drop", "mean", "most_frequent"]
TITLES: dict[Missing, str] = {
    "mean": "mean of the column",
    "most_frequent": "most frequent value",
    "drop": "drop the row",
}


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class Filler:
    """One value a column, (d,), that stands in where one is missing (NaN)."""

    values: np.ndarray

    def apply(self, x: np.ndarray) -> np.ndarray:
        """The same rows (n, d) without NaN."""
        return np.where(np.isnan(x), self.values, x)


def fit_filler(kind: Missing, x: np.ndarray, names: Sequence[str], categories: Sequence[bool]) -> Filler:
    """The values that fill gaps like those in `x` (n, d), which should be the training part alone.

    `mean`: the mean of the known values, for columns of categories their most frequent one, for no category lies
    between two others. `most_frequent`: the value that is there most often, of several the smallest. `drop` fills
    nothing: rows with gaps are gone before (`complete_rows`).

    Raises: ValueError: a column has no known value here, or an unknown kind.
    """
    if kind not in TITLES:
        raise ValueError(f"missing: expected one of {', '.join(TITLES)}; received {kind!r}")
    values = np.empty(x.shape[1])
    for column, (name, is_category) in enumerate(zip(names, categories, strict=True)):
        known = x[~np.isnan(x[:, column]), column]
        if not len(known):
            raise ValueError(f"data: the training part knows no value of {name!r}; leave this column out")
        if kind == "mean" and not is_category:
            values[column] = known.mean()
        else:
            found, counts = np.unique(known, return_counts=True)
            values[column] = found[counts.argmax()]
    return Filler(values=values)


def complete_rows(x: np.ndarray) -> np.ndarray:
    """The numbers of the rows in which nothing is missing."""
    return np.flatnonzero(~np.isnan(x).any(axis=1))
