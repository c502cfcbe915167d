"""How well the scores of a network rank two classes, whatever the border: ROC and precision-recall curves."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from torch import Tensor

POINTS = 400  # of a curve that is drawn, at most; areas are of all


@dataclass(frozen=True, slots=True, eq=False)
class Ranking:
    """One curve: x and y (m,) float32 from 0 to 1, x rising, and the area under it."""

    x: np.ndarray
    y: np.ndarray
    area: float


def positive_scores(outputs: Tensor) -> np.ndarray:
    """How strongly each of n samples is taken for class 1, (n,) float64, from outputs (n, 1) or (n, 2).

    A single unit says it itself; of two it is the difference, which grows with the probability of class 1.
    """
    scores = outputs[:, 0] if outputs.shape[1] == 1 else outputs[:, 1] - outputs[:, 0]
    return scores.double().numpy(force=True)


def roc(scores: np.ndarray, positive: np.ndarray) -> Ranking | None:
    """x: false positive rate FP / N; y: true positive rate TP / P; one point a border between scores, and (0, 0).

    The area is the chance that a random positive sample has a higher score than a random negative one, ties counted
    half. `scores` (n,) and `positive` (n,) bool. None where a score is no finite number, or one class is missing.

    Source: Fawcett 2006, "An introduction to ROC analysis".
    """
    counted = _counts(scores, positive)
    if counted is None:
        return None
    hits, alarms = (np.concatenate([[0], counts]) for counts in counted)
    x, y = alarms / alarms[-1], hits / hits[-1]
    area = float(np.trapezoid(y, x))
    # points within a straight line add nothing to the picture
    turns = np.ones(len(x), dtype=bool)
    turns[1:-1] = np.diff(hits)[:-1] * np.diff(alarms)[1:] != np.diff(hits)[1:] * np.diff(alarms)[:-1]
    return _thinned(x[turns], y[turns], area)


def precision_recall(scores: np.ndarray, positive: np.ndarray) -> Ranking | None:
    """x: recall TP / P; y: precision TP / (TP + FP); one point a border at which recall grows.

    The area is the average precision Σ (R_k - R_{k-1}) P_k: between two points the curve is as high as the right one.
    Arguments and None as `roc`.
    """
    counted = _counts(scores, positive)
    if counted is None:
        return None
    hits, alarms = counted
    recall, precision = hits / hits[-1], hits / (hits + alarms)
    grows = np.diff(hits, prepend=0) > 0
    x, y = recall[grows], precision[grows]
    area = float((np.diff(x, prepend=0.0) * y).sum())
    return _thinned(np.concatenate([[0.0], x]), np.concatenate([y[:1], y]), area)


def _counts(scores: np.ndarray, positive: np.ndarray) -> tuple[np.ndarray, np.ndarray] | None:
    """True and false positives (m,) when all samples down to each of m different scores are called positive."""
    if not np.isfinite(scores).all() or positive.all() or not positive.any():
        return None
    order = np.argsort(-scores, kind="stable")
    sorted_scores, hits = scores[order], np.cumsum(positive[order])
    last = np.append(np.flatnonzero(np.diff(sorted_scores)), len(scores) - 1)  # of those with one score
    return hits[last], last + 1 - hits[last]


def _thinned(x: np.ndarray, y: np.ndarray, area: float) -> Ranking:
    if len(x) > POINTS:
        kept = np.round(np.linspace(0, len(x) - 1, POINTS)).astype(np.int64)
        x, y = x[kept], y[kept]
    return Ranking(x.astype(np.float32), y.astype(np.float32), area)


RANKINGS = {"roc": roc, "precision_recall": precision_recall}  # view name -> curve
