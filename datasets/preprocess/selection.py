"""Choosing inputs: those that go along with the target most, where peeking at the test part flatters most."""

from __future__ import annotations

import numpy as np


def fit_selection(x: np.ndarray, y: np.ndarray, keep: int, *, classes: bool) -> np.ndarray:
    """The numbers (keep,), ascending, of the columns of `x` (n, d) that go along with `y` (n,) most.

    `x` and `y` should be the training part alone. For classes a column counts by the share of its variance that lies
    between the classes, η² = Σ n_c (x̄_c - x̄)² / Σ (x - x̄)²; for numbers by its squared correlation with them. A
    constant column counts 0; of equal ones the first is kept.

    Raises: ValueError: there are not so many columns.
    """
    if not 1 <= keep <= x.shape[1]:
        raise ValueError(f"keep: expected 1 … {x.shape[1]}, as many as there are inputs; received {keep}")
    centred = x - x.mean(axis=0)
    total = (centred**2).sum(axis=0)
    if classes:
        between = np.zeros(x.shape[1])
        for label in np.unique(y):
            rows = y == label
            between += rows.sum() * centred[rows].mean(axis=0) ** 2
        explained = between
    else:
        deviation = y - y.mean()
        spread = (deviation**2).sum()
        explained = (centred * deviation[:, None]).sum(axis=0) ** 2 / (spread if spread > 0 else 1.0)
    share = np.divide(explained, total, out=np.zeros(x.shape[1]), where=total > 0)
    return np.sort(np.argsort(-share, kind="stable")[:keep])
