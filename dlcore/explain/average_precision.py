"""How good found boxes are: matched with the true ones, average precision, mean IoU."""

from __future__ import annotations

from collections.abc import Sequence

import torch
from torch import Tensor

from dlcore.networks.boxes import Found, intersection_over_union

ENOUGH = 0.5  # the IoU from which a box counts as found
SURE = 0.5  # the certainty from which a box is said to be there


def average_precision(hits: Sequence[bool], truths: int) -> float:
    """The area under precision against recall, with all-point interpolation.

    `hits` says of every found box, surest first, whether it is right; there are `truths` to find. After k boxes with h
    hits precision is P_k = h / k and recall R_k = h / truths. AP = Σ_k (R_k - R_{k-1}) max_{j ≥ k} P_j. 1 where all
    are found before anything wrong; not a number where there is nothing to find.

    Source: Everingham et al. 2010 (PASCAL VOC), as computed from 2010 on.
    """
    if not truths:
        return float("nan")
    right, precisions = 0, []
    for count, hit in enumerate(hits, start=1):
        right += hit
        precisions.append(right / count)
    area = best = 0.0
    for hit, precision in zip(reversed(hits), reversed(precisions), strict=True):
        best = max(best, precision)
        area += best * hit
    return area / truths


def match(found: Sequence[tuple[float, int, Sequence[float]]], truths: Sequence[int]) -> list[bool]:
    """Which found boxes are right: (certainty, scene, its IoU with every true box of that scene), surest first.

    `truths` are how many true boxes each scene has. A box belongs to the true one that it overlaps most, and is right
    if their IoU is at least 0.5 and no surer box has that one.
    """
    taken = [[False] * count for count in truths]
    hits = []
    for _, scene, overlaps in found:
        best = max(range(len(overlaps)), key=overlaps.__getitem__, default=None)
        hit = best is not None and overlaps[best] >= ENOUGH and not taken[scene][best]
        if best is not None and hit:
            taken[scene][best] = True
        hits.append(hit)
    return hits


def box_scores(found: Found, boxes: Tensor, kinds: Tensor, classes: int) -> dict[str, float]:
    """`iou`, `ap`, and `ap/<class number>` of what was found in n scenes with true boxes (n, m, 4), classes (n, m).

    `iou`: every true box gets its largest IoU with a box that is kept and surer than 0.5, 0 where there is none; the
    mean over all true boxes. `ap`: the mean over the classes of the average precision of the kept boxes at IoU 0.5.
    """
    overlaps = intersection_over_union(found.boxes[:, :, None], boxes[:, None])  # (n, k, m)
    there = kinds >= 0
    seen = found.kept & (found.certainty >= SURE)
    best = (overlaps * seen[:, :, None]).amax(dim=1)[there]
    scores = {"iou": float(best.double().mean())}

    listed = [_listed(found, overlaps, kinds, kind) for kind in range(classes)]
    precisions = [average_precision(match(rows, truths), sum(truths)) for rows, truths in listed]
    known = [value for value in precisions if value == value]  # a class may be absent
    scores["ap"] = sum(known) / len(known) if known else float("nan")
    return scores | {f"ap/{kind}": value for kind, value in enumerate(precisions)}


def _listed(
    found: Found, overlaps: Tensor, kinds: Tensor, kind: int
) -> tuple[list[tuple[float, int, list[float]]], list[int]]:
    """The kept boxes of one class as `match` takes them, and how many true ones each scene has."""
    true = kinds == kind
    scene, place = torch.nonzero(found.kept & (found.kinds == kind), as_tuple=True)
    certainty = found.certainty[scene, place]
    order = certainty.argsort(descending=True, stable=True)
    certainties, scenes = certainty[order].tolist(), scene[order].tolist()
    of_scene = overlaps[scene[order], place[order]].tolist()
    is_true = true.tolist()
    rows = [
        (sure, number, [iou for iou, counts in zip(ious, is_true[number], strict=True) if counts])
        for sure, number, ious in zip(certainties, scenes, of_scene, strict=True)
    ]
    return rows, true.sum(dim=1).tolist()
