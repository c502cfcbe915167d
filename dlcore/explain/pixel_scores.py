"""How good a segmentation is: pixels that are right, and how far each class's region overlaps its true one."""

from __future__ import annotations

import torch
from torch import Tensor


def pixel_counts(predicted: Tensor, true: Tensor, classes: int) -> Tensor:
    """How many pixels of true class i were called class j: int64 (classes, classes), row i, column j."""
    places = true.long() * classes + predicted.long()
    return torch.bincount(places.flatten(), minlength=classes * classes).reshape(classes, classes)


def pixel_scores(counts: Tensor) -> dict[str, float]:
    """`pixel_accuracy`, `iou`, and `iou/<class number>` of all classes but 0, the background, from `pixel_counts`.

    IoU of a class = TP / (TP + FP + FN): the pixels that are it and are called it, over those that are it or are called
    it; not a number where there are none. `iou` is the mean over the classes of figures, those without any left out.
    """
    counts = counts.double()
    right = counts.diagonal()
    either = counts.sum(dim=0) + counts.sum(dim=1) - right
    overlaps = (right / either).tolist()[1:]
    known = [value for value in overlaps if value == value]
    scores = {"pixel_accuracy": float(right.sum() / counts.sum())}
    scores["iou"] = sum(known) / len(known) if known else float("nan")
    return scores | {f"iou/{kind}": value for kind, value in enumerate(overlaps)}
