"""Average precision: a published example, scikit-learn where it must agree, and tiny cases by hand."""

from __future__ import annotations

import math

import numpy as np
import pytest
import torch
from sklearn.metrics import average_precision_score

from dlcore.explain.average_precision import average_precision, box_scores, match
from dlcore.networks.boxes import Found

# Padilla, Netto and da Silva, "A Survey on Performance Metrics for Object-Detection Algorithms", 2020, and their
# repository "Object-Detection-Metrics": of 24 boxes found for 15 objects, surest first, these are right
PUBLISHED_HITS = (1, 3, 10, 12, 13, 14, 23)
PUBLISHED_AREA = 0.2456  # with all-point interpolation, from recalls and precisions rounded to four digits


def test_a_published_example() -> None:
    hits = [number in PUBLISHED_HITS for number in range(1, 25)]
    assert average_precision(hits, 15) == pytest.approx(PUBLISHED_AREA, abs=2e-4)


def test_by_hand() -> None:
    # precision 1, 1/2, 2/3, 2/4, 3/5 at recall 1/4, 1/4, 2/4, 2/4, 3/4; the envelope is 1, 2/3, 3/5
    expected = (1 + 2 / 3 + 3 / 5) / 4
    assert average_precision([True, False, True, False, True], 4) == pytest.approx(expected)


@pytest.mark.parametrize(
    ("hits", "truths", "expected"),
    [([True, True], 2, 1.0), ([], 3, 0.0), ([False, False], 1, 0.0), ([True], 2, 0.5), ([False, True], 1, 0.5)],
)
def test_ends(hits: list[bool], truths: int, expected: float) -> None:
    assert average_precision(hits, truths) == expected


def test_nothing_to_find_has_no_precision() -> None:
    assert math.isnan(average_precision([False], 0))


def test_it_is_scikit_learns_where_precision_only_falls() -> None:
    # scikit-learn does not interpolate: both agree where no later precision is higher than an earlier one
    hits = [True, True, True, False, True, False, False]
    falling = [True, True, True, False, False]
    for row in (falling, [True, False]):
        scores = np.linspace(1, 0, len(row))
        assert average_precision(row, sum(row)) == pytest.approx(average_precision_score(row, scores))
    scores = np.linspace(1, 0, len(hits))
    assert average_precision(hits, sum(hits)) >= average_precision_score(hits, scores)


def test_every_true_box_is_found_once() -> None:
    found = [
        (0.9, 0, [0.6, 0.2]),  # the first of scene 0
        (0.8, 0, [0.9, 0.1]),  # the same again, and better, yet it is taken
        (0.7, 1, [0.4]),  # not enough
        (0.6, 0, [0.3, 0.5]),  # the second of scene 0, just enough
        (0.5, 2, []),  # nothing there
    ]
    assert match(found, [2, 1, 0]) == [True, False, False, True, False]


def found(rows: list[list[tuple[list[float], float, int, bool]]]) -> Found:
    columns = [torch.tensor([[box[k] for box in scene] for scene in rows]) for k in range(4)]
    return Found(*columns)


TRUE = torch.tensor([[[0.0, 0, 10, 10], [20.0, 20, 30, 30]], [[5.0, 5, 15, 15], [0.0, 0, 0, 0]]])
KINDS = torch.tensor([[0, 1], [1, -1]])


def test_a_perfect_answer() -> None:
    rows = [
        [([0.0, 0, 10, 10], 0.9, 0, True), ([20.0, 20, 30, 30], 0.8, 1, True)],
        [([5.0, 5, 15, 15], 0.7, 1, True), ([0.0, 0, 4, 4], 0.2, 0, False)],
    ]
    scores = box_scores(found(rows), TRUE, KINDS, 3)
    assert (scores["iou"], scores["ap"], scores["ap/0"], scores["ap/1"]) == (1.0, 1.0, 1.0, 1.0)
    assert math.isnan(scores["ap/2"])  # no such figure there: left out of the mean


def test_what_is_missed_unsure_or_of_another_class() -> None:
    rows = [
        [([0.0, 0, 10, 10], 0.9, 1, True), ([20.0, 20, 30, 25], 0.8, 1, True)],  # wrong class; half of it
        [([5.0, 5, 15, 15], 0.4, 1, True), ([5.0, 5, 15, 15], 0.3, 1, False)],  # right and unsure; suppressed
    ]
    scores = box_scores(found(rows), TRUE, KINDS, 3)
    assert scores["iou"] == pytest.approx((1 + 0.5 + 0) / 3)
    assert scores["ap/0"] == 0.0
    # class 1, surest first: wrong (a circle), right at IoU 0.5, right: precision 0, 1/2, 2/3, interpolated 2/3
    assert scores["ap/1"] == pytest.approx(2 / 3)
    assert scores["ap"] == pytest.approx((0 + 2 / 3) / 2)


def test_numbers_that_are_none_score_nothing() -> None:
    rows = [[([math.nan] * 4, math.nan, 0, True)] * 2] * 2
    scores = box_scores(found(rows), TRUE, KINDS, 3)
    assert scores["ap"] == 0.0
