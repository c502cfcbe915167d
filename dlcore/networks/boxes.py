"""Boxes x0, y0, x1, y1 in pixels: how far two overlap, what a grid of cells says, and which of them count."""

from __future__ import annotations

from typing import NamedTuple

import torch
from torch import Tensor


def intersection_over_union(a: Tensor, b: Tensor) -> Tensor:
    """IoU = |A ∩ B| / |A ∪ B| of boxes (…, 4) and (…, 4), broadcast: 0 apart … 1 the same; (…)."""
    low, high = torch.maximum(a[..., :2], b[..., :2]), torch.minimum(a[..., 2:], b[..., 2:])
    shared = (high - low).clamp_min(0).prod(dim=-1)
    either = (a[..., 2:] - a[..., :2]).prod(dim=-1) + (b[..., 2:] - b[..., :2]).prod(dim=-1) - shared
    return shared / either.clamp_min(1e-9)


def cell_boxes(scores: Tensor, side: int) -> Tensor:
    """The boxes that cells predict: scores t (n, 4, g, g) of a scene of side × side pixels -> (n, 4, g, g).

    The centre lies within a cell's size of the cell's own middle, the size within the scene:
    x = (column + ½ + tanh t₀) side / g, width = side · sigmoid(t₂); y and height alike from t₁ and t₃.
    """
    grid = scores.shape[-1]
    place = torch.arange(grid, device=scores.device) + 0.5
    x = (place[None, :] + torch.tanh(scores[:, 0])) * side / grid
    y = (place[:, None] + torch.tanh(scores[:, 1])) * side / grid
    width, height = torch.sigmoid(scores[:, 2:]).unbind(dim=1)
    half_width, half_height = side / 2 * width, side / 2 * height
    return torch.stack([x - half_width, y - half_height, x + half_width, y + half_height], dim=1)


class Found(NamedTuple):
    """What a detector found in n scenes, surest first: boxes (n, k, 4), certainty (n, k), class (n, k), kept (n, k).

    Certainty is the probability that there is a figure times that of its class. `kept` is false where another box, of
    which the detector is surer, shows the same figure.
    """

    boxes: Tensor
    certainty: Tensor
    kinds: Tensor
    kept: Tensor


def find_boxes(outputs: Tensor, side: int, *, at_once: int = 100) -> Found:
    """What `grid_detector` says of scenes of side × side pixels, outputs (n, 5 + classes, g, g), k = g² boxes each.

    So many scenes `at_once`, that all pairs of their boxes fit into memory.
    """
    found = [_find(part, side) for part in torch.split(outputs, at_once)]
    return Found(*(torch.cat(part) for part in zip(*found, strict=True)))


def _find(outputs: Tensor, side: int) -> Found:
    certainty, kinds = torch.softmax(outputs[:, 5:], dim=1).flatten(2).max(dim=1)
    certainty = certainty * torch.sigmoid(outputs[:, 0]).flatten(1)
    certainty, order = certainty.sort(dim=1, descending=True, stable=True)
    boxes = cell_boxes(outputs[:, 1:5], side).flatten(2).transpose(1, 2)
    boxes = boxes.gather(1, order[..., None].expand(-1, -1, 4))
    return Found(boxes, certainty, kinds.gather(1, order), suppress(boxes))


def suppress(boxes: Tensor, above: float = 0.5) -> Tensor:
    """Non-maximum suppression of boxes (n, k, 4), surest first: which are kept, bool (n, k).

    Going down the list, a box is kept unless its IoU with one kept before is more than `above`.
    """
    overlap = intersection_over_union(boxes[:, :, None], boxes[:, None]) > above
    kept = torch.ones(boxes.shape[:2], dtype=torch.bool, device=boxes.device)
    for one in range(boxes.shape[1]):
        hidden = overlap[:, one] & kept[:, one, None]
        hidden[:, : one + 1] = False
        kept &= ~hidden
    return kept
