"""Histograms: how the weights, gradients or activations of a layer are spread."""

from __future__ import annotations

import math

import numpy as np
import torch

BINS = 40


def histogram(values: torch.Tensor, bins: int = BINS) -> tuple[np.ndarray, np.ndarray]:
    """Edges (bins + 1,) from the smallest to the largest value, and how many values (bins,) fall between each two.

    All values equal gives one full bin in a range of width 1 around them; infinite or missing values are refused.
    """
    values = values.detach().float().cpu()
    # both are not a number where one of the values is
    low, high = (extreme.item() for extreme in values.aminmax()) if values.numel() else (0.0, 0.0)
    if not (math.isfinite(low) and math.isfinite(high)):
        raise ValueError("histogram: expected finite values only; some are infinite or not numbers")
    if not low < high or not np.float32(low) + np.float32((high - low) / bins) > np.float32(low):
        low, high = low - 0.5, high + 0.5
    counts = torch.histc(values, bins=bins, min=low, max=high)
    edges = low + (high - low) / bins * np.arange(bins + 1)
    edges[-1] = high
    return edges.astype(np.float32), counts.numpy()
