"""Histograms: how the weights, gradients or activations of each layer are spread."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import torch

BINS = 40


Histogram = tuple[np.ndarray, np.ndarray]  # edges (bins + 1,) and counts (bins,), float32


def histograms(tensors: Sequence[torch.Tensor], bins: int = BINS) -> list[Histogram | None]:
    """One histogram a tensor: edges (bins + 1,) from its smallest to its largest value, and counts (bins,) in between.

    A value v falls into bin (v - low) bins / (high - low), rounded down, the largest into the last one. All values
    equal, or too close for float32 to tell the edges apart, give one full bin in a range of width 1 around them.
    None for a tensor with an infinite or missing value. All are counted in one go: a network has many small ones.

    Raises: ValueError: a tensor is empty.
    """
    if not tensors:
        return []
    parts = [tensor.numpy(force=True).ravel() for tensor in tensors]
    sizes = np.array([part.size for part in parts])
    if not sizes.all():
        raise ValueError("histograms: expected at least one value; received none")
    values = np.concatenate(parts)
    begins = np.cumsum(sizes) - sizes
    low, high = (extreme.reduceat(values, begins).astype(np.float64) for extreme in (np.minimum, np.maximum))
    finite = np.isfinite(low) & np.isfinite(high)  # a missing value is both the smallest and the largest
    if not finite.all():
        counted = iter(histograms([tensor for tensor, whole in zip(tensors, finite, strict=True) if whole], bins))
        return [next(counted) if whole else None for whole in finite]
    narrow = (low + (high - low) / bins).astype(np.float32) <= low.astype(np.float32)
    low, high = low - 0.5 * narrow, high + 0.5 * narrow

    owner = np.repeat(np.arange(len(parts)), sizes)  # which tensor a value is of
    places = ((values - low[owner]) * (bins / (high - low))[owner]).astype(np.int64)
    counts = np.bincount(owner * bins + np.minimum(places, bins - 1), minlength=bins * len(parts))
    edges = low[:, None] + (high - low)[:, None] / bins * np.arange(bins + 1)
    edges[:, -1] = high
    return list(zip(edges.astype(np.float32), counts.reshape(-1, bins).astype(np.float32), strict=True))


def histogram_arrays(tensors: Sequence[torch.Tensor]) -> dict[str, np.ndarray]:
    """What a histogram view draws: `edges/<k>` and `counts/<k>` of tensor k, left out where it left the numbers."""
    found: dict[str, np.ndarray] = {}
    for number, histogram in enumerate(histograms(tensors)):
        if histogram is not None:
            found[f"edges/{number}"], found[f"counts/{number}"] = histogram
    return found
