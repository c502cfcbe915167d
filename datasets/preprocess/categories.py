"""Categories as numbers: one-hot, a column of 0 and 1 for each, so that none is nearer to another than a third."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class OneHot:
    """For each column the categories that were seen, (categories,) bool; None for a column of numbers."""

    seen: tuple[np.ndarray | None, ...]

    def apply(self, x: np.ndarray) -> np.ndarray:
        """Rows (n, d) with category numbers → (n, width): a number as it is, a category as one column for each.

        A category that was not seen has no 1 anywhere: of it, nothing could be learned.
        """
        parts = []
        for column, seen in zip(x.T, self.seen, strict=True):
            if seen is None:
                parts.append(column[:, None])
            else:
                parts.append((column[:, None] == np.arange(len(seen))) & seen)
        return np.concatenate(parts, axis=1).astype(np.float64, order="C")


def fit_one_hot(x: np.ndarray, categories: Sequence[int]) -> OneHot:
    """Which categories are in `x` (n, d), which should be the training part alone.

    `categories` says how many each column may hold, 0 for a column of numbers.
    """
    return OneHot(
        seen=tuple(
            np.isin(np.arange(count), column) if count else None for column, count in zip(x.T, categories, strict=True)
        )
    )
