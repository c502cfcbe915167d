"""Histograms: how the weights, gradients or activations of a layer are spread."""

from __future__ import annotations

import numpy as np
import torch

BINS = 40


def histogram(values: torch.Tensor, bins: int = BINS) -> tuple[np.ndarray, np.ndarray]:
    """Edges (bins + 1,) from the smallest to the largest value, and how many values (bins,) fall between each two.

    All values equal gives one full bin in a range of width 1 around them; infinite or missing values are refused.
    """
    flat = values.detach().reshape(-1).float().cpu()
    if not bool(torch.isfinite(flat).all()):
        raise ValueError("histogram: expected finite values only; some are infinite or not numbers")
    low, high = (float(flat.min()), float(flat.max())) if flat.numel() else (0.0, 0.0)
    if not low < high or not np.float32(low) + np.float32((high - low) / bins) > np.float32(low):
        low, high = low - 0.5, high + 0.5
    counts = torch.histc(flat, bins=bins, min=low, max=high)
    return np.linspace(low, high, bins + 1, dtype=np.float32), counts.numpy()
