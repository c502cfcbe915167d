"""Feature maps as pictures, and how flat an activation function is where its maps lie."""

from __future__ import annotations

import numpy as np
import torch
from torch import Tensor

from dlcore.dense.activations import ACTIVATIONS
from dlcore.explain.layers import FLAT
from dlcore.training.rows import find


def map_pixels(values: Tensor) -> tuple[np.ndarray, float] | None:
    """Maps as uint8 of the same shape, round(127.5 + 127.5 v / scale), and the scale: the largest |v| of them all.

    One scale for all maps of a layer, so that they can be compared. All zeros have scale 1. None where a value is
    infinite or none at all.
    """
    largest = values.abs().amax().item() if values.numel() else 0.0
    if not np.isfinite(largest):
        return None
    scale = largest or 1.0
    pixels = (values / scale).mul_(127.5).add_(127.5).round_().to(torch.uint8)
    return pixels.numpy(force=True), scale


@torch.no_grad()
def flat_shares(function: str, z: Tensor, a: Tensor) -> tuple[float, float]:
    """Of an activation layer that made a = f(z), both (n, units, …): how much is saturated, and how much is dead.

    Saturated: |f'(z)| < 0.1. Dead: a unit (a whole map) with f'(z) = 0 everywhere, for all n samples.
    """
    slopes = torch.ones_like(z, memory_format=torch.contiguous_format)
    find(ACTIVATIONS, function, "activation").backward(slopes, z.contiguous(), a.contiguous())
    units = slopes.transpose(0, 1).flatten(1)
    saturated = (units.abs() < FLAT).double().mean()
    return float(saturated), float((units == 0).all(dim=1).double().mean())
