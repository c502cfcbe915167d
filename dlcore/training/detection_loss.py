"""How wrong a detector is: is there a figure, where, and of which class."""

from __future__ import annotations

import torch
from torch import Tensor, nn

from dlcore.networks.boxes import cell_boxes, intersection_over_union


class DetectionLoss(nn.Module):
    """The sum of three parts, each for one figure on average; (outputs, `grid_targets`) -> a scalar.

    With N figures in the batch (at least 1): objectness is the binary cross-entropy of every cell's score, summed over
    all cells / N; class is the cross-entropy of the cells that have a figure, / N; box is there 1 - IoU, or the Huber
    loss of the four sides in tenths of the scene, summed / N.
    """

    def __init__(self, *, side: int, box: str) -> None:
        super().__init__()
        self.side, self.box = side, box

    def forward(self, outputs: Tensor, targets: Tensor) -> Tensor:
        """The whole loss."""
        return sum(self.parts(outputs, targets).values(), torch.zeros((), device=outputs.device))

    def parts(self, outputs: Tensor, targets: Tensor) -> dict[str, Tensor]:
        """Objectness, box and class, each a scalar, from outputs (n, 5 + classes, g, g) and targets (n, 6, g, g)."""
        there = targets[:, 0] == 1
        figures = there.sum().clamp_min(1)
        objectness = nn.functional.binary_cross_entropy_with_logits(outputs[:, 0], targets[:, 0], reduction="sum")
        found, true = (
            boxes.movedim(1, -1)[there] for boxes in (cell_boxes(outputs[:, 1:5], self.side), targets[:, 1:5])
        )
        if self.box == "iou":
            box = (1 - intersection_over_union(found, true)).sum()
        else:
            box = nn.functional.huber_loss(found * 10 / self.side, true * 10 / self.side, reduction="sum")
        scores, kinds = outputs[:, 5:].movedim(1, -1)[there], targets[:, 5][there].long()
        kind = nn.functional.cross_entropy(scores, kinds, reduction="sum")
        return {"objectness": objectness / figures, "box": box / figures, "class": kind / figures}
