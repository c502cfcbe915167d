"""Pictures over the plane: what a unit or the whole network answers at every place of a square grid."""

from __future__ import annotations

import numpy as np
import torch

UNIT_GRID = 32  # points a side of a unit's picture
OUTPUT_GRID = 60  # points a side of the output's picture
HEIGHT_GRID = 40  # points a side of the 3-D output


def grid(ranges: tuple[tuple[float, float], tuple[float, float]], side: int) -> np.ndarray:
    """The (side*side, 2) points of a grid over both ranges, row after row; the first row has the smallest x2."""
    (low1, high1), (low2, high2) = ranges
    x1, x2 = np.meshgrid(np.linspace(low1, high1, side), np.linspace(low2, high2, side))
    return np.stack([x1.ravel(), x2.ravel()], axis=1)


def unit_maps(values: torch.Tensor, side: int) -> tuple[np.ndarray, np.ndarray]:
    """Pictures of values (side*side, units) as uint8 (units, side, side), and each unit's scale (units,).

    A pixel is round(127.5 + 127.5 v / scale); the scale is the unit's largest |v|, and at least 1, so that small
    answers look small and nothing is cut off. What is not a number (a network that has diverged) shows as 0.
    """
    values = values.T  # pixel beside pixel: quick where the caller has transposed values (units, side*side)
    scale = values.abs().amax(dim=1, keepdim=True).clamp_min_(1.0)
    pixels = (values / scale).nan_to_num_(0.0).mul_(127.5).add_(127.5).round_().to(torch.uint8)
    return pixels.reshape(-1, side, side).cpu().numpy(), scale[:, 0].cpu().numpy()


def surface_map(values: torch.Tensor, scale: tuple[float, float], side: int) -> np.ndarray:
    """A picture of values (side*side, C) as uint8 (C, side, side) that maps scale[0] … scale[1] to 0 … 255.

    Values beyond the scale show as its ends, and what is not a number as its middle.
    """
    low, high = scale
    shares = (values.T - low).div_(high - low).nan_to_num_(0.5, 1.0, 0.0)
    pixels = shares.mul_(255).clamp_(0, 255).round_().to(torch.uint8)
    return pixels.reshape(-1, side, side).cpu().numpy()
