"""Scores: how good the predictions are, in a unit that people understand."""

from __future__ import annotations

import numpy as np
import torch


def accuracy(predicted: torch.Tensor, true: torch.Tensor) -> float:
    """Share of the n samples whose predicted class is the true one; both (n,) class numbers."""
    return float((predicted == true).double().mean())


def r_squared(predicted: torch.Tensor, true: torch.Tensor) -> float:
    """R² = 1 - Σ(y - ŷ)² / Σ(y - ȳ)²: 1 is perfect, 0 is no better than always saying the mean; both (n,).

    NaN where all true values are the same, since there is nothing to explain.
    """
    true, predicted = true.double(), predicted.double()
    spread = float(((true - true.mean()) ** 2).sum())
    return 1 - float(((true - predicted) ** 2).sum()) / spread if spread > 0 else float("nan")


def confusion(predicted: torch.Tensor, true: torch.Tensor, classes: int) -> np.ndarray:
    """How often true class i was called class j: int32 (classes, classes), row i, column j."""
    counts = torch.bincount(true.long() * classes + predicted.long(), minlength=classes * classes)
    return counts.reshape(classes, classes).cpu().numpy().astype(np.int32)
