"""What every cell of a detector should say of a scene."""

from __future__ import annotations

import torch
from torch import Tensor


def grid_targets(boxes: Tensor, kinds: Tensor, *, side: int, grid: int) -> Tensor:
    """Targets (n, 6, grid, grid) float32 for figures' boxes (n, k, 4) and classes (n, k), -1 where there is none.

    The cell in which the centre of a figure's box lies is to find it: 0 is 1 there, 1 … 4 its box in pixels, 5 its
    class; all is 0 in the other cells. Of two centres in one cell the first counts: a cell can find one figure.
    """
    targets = torch.zeros(len(boxes), 6, grid, grid)
    column, row = ((boxes[..., :2] + boxes[..., 2:]) / 2 * grid / side).long().unbind(dim=-1)
    for k in reversed(range(kinds.shape[1])):
        scene = torch.nonzero(kinds[:, k] >= 0)[:, 0]
        place = scene, slice(None), row[scene, k], column[scene, k]
        targets[place] = torch.cat([torch.ones(len(scene), 1), boxes[scene, k], kinds[scene, k, None].float()], dim=1)
    return targets
