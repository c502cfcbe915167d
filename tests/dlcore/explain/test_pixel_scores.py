from __future__ import annotations

import math

import numpy as np
import pytest
import torch
from sklearn.metrics import accuracy_score, confusion_matrix, jaccard_score

from dlcore.explain.pixel_scores import pixel_counts, pixel_scores


def test_by_hand() -> None:
    true = torch.tensor([[[0, 0, 1], [2, 2, 2]]], dtype=torch.uint8)
    predicted = torch.tensor([[[0, 1, 1], [2, 2, 0]]])
    counts = pixel_counts(predicted, true, 3)
    assert counts.tolist() == [[1, 1, 0], [0, 1, 0], [1, 0, 2]]
    scores = pixel_scores(counts)
    assert scores["pixel_accuracy"] == pytest.approx(4 / 6)
    assert (scores["iou/0"], scores["iou/1"]) == (pytest.approx(1 / 2), pytest.approx(2 / 3))
    assert scores["iou"] == pytest.approx((1 / 2 + 2 / 3) / 2)


def test_it_is_what_scikit_learn_says() -> None:
    rng = np.random.default_rng(0)
    true, predicted = rng.integers(0, 4, (2, 5, 9, 7))
    counts = pixel_counts(torch.from_numpy(predicted), torch.from_numpy(true), 4)
    assert counts.tolist() == confusion_matrix(true.ravel(), predicted.ravel()).tolist()
    scores = pixel_scores(counts)
    assert scores["pixel_accuracy"] == pytest.approx(accuracy_score(true.ravel(), predicted.ravel()))
    each = jaccard_score(true.ravel(), predicted.ravel(), average=None)[1:]
    assert [scores[f"iou/{kind}"] for kind in range(3)] == pytest.approx(list(each))
    assert scores["iou"] == pytest.approx(each.mean())


def test_a_class_that_is_nowhere_is_left_out() -> None:
    scores = pixel_scores(torch.tensor([[5, 0, 0], [1, 3, 0], [0, 0, 0]]))
    assert math.isnan(scores["iou/1"])
    assert scores["iou"] == scores["iou/0"] == pytest.approx(3 / 4)
