"""Precision, recall and F1 of every class, from a confusion matrix."""

from __future__ import annotations

import numpy as np


def report(counts: np.ndarray) -> dict[str, np.ndarray]:
    """`precision`, `recall` and `f1` of each class, (C,) float64, from counts (C, C): row = true class, column = said.

    Precision: of those called c, how many are c. Recall: of those that are c, how many are called c. F1 is their
    harmonic mean 2 P R / (P + R). Where there is nothing to divide by (nobody is called c, say), it is 0.
    """
    right = np.diagonal(counts).astype(np.float64)
    precision, recall = _share(right, counts.sum(axis=0)), _share(right, counts.sum(axis=1))
    return {
        "precision": precision,
        "recall": recall,
        "f1": _share(2 * precision * recall, precision + recall),
    }


def with_macro_mean(values: np.ndarray) -> np.ndarray:
    """Values (C,) of the classes and behind them their plain mean, (C + 1,) float32: rare classes count as much."""
    return np.append(values, values.mean()).astype(np.float32)


def _share(part: np.ndarray, whole: np.ndarray) -> np.ndarray:
    return np.asarray(np.divide(part, whole, out=np.zeros_like(part), where=whole > 0))
