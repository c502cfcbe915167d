"""ROC and precision-recall curves against scikit-learn's."""

import numpy as np
import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st
from sklearn.metrics import average_precision_score, precision_recall_curve, roc_auc_score, roc_curve

from dlcore.explain.ranking import POINTS, positive_scores, precision_recall, roc

# few different scores, so that many are equal
samples = st.lists(st.tuples(st.integers(-4, 4), st.booleans()), min_size=2, max_size=60).filter(
    lambda rows: len({label for _, label in rows}) == 2
)


@given(samples)
def test_the_roc_is_scikit_learns(rows):
    scores = np.array([score / 3 for score, _ in rows])
    positive = np.array([label for _, label in rows])
    found = roc(scores, positive)
    x, y, _ = roc_curve(positive, scores, drop_intermediate=False)
    assert found.area == pytest.approx(roc_auc_score(positive, scores))
    known = {(round(float(a), 5), round(float(b), 5)) for a, b in zip(x, y, strict=True)}
    assert {(round(float(a), 5), round(float(b), 5)) for a, b in zip(found.x, found.y, strict=True)} <= known
    assert np.trapezoid(found.y, found.x) == pytest.approx(found.area, abs=1e-6)  # no corner was left out
    assert (found.x[0], found.y[0], found.x[-1], found.y[-1]) == (0, 0, 1, 1)
    assert (np.diff(found.x) >= 0).all() and (np.diff(found.y) >= 0).all()


@given(samples)
def test_precision_and_recall_are_scikit_learns(rows):
    scores = np.array([score / 3 for score, _ in rows])
    positive = np.array([label for _, label in rows])
    found = precision_recall(scores, positive)
    precision, recall, _ = precision_recall_curve(positive, scores)
    assert found.area == pytest.approx(average_precision_score(positive, scores))
    known = {(round(float(r), 5), round(float(p), 5)) for r, p in zip(recall, precision, strict=True)}
    drawn = {(round(float(r), 5), round(float(p), 5)) for r, p in zip(found.x[1:], found.y[1:], strict=True)}
    assert drawn <= known
    assert {r for r, _ in drawn} == {r for r, _ in known} - {0.0}
    assert (found.x[0], found.x[-1]) == (0, 1)


def test_a_perfect_and_a_hopeless_ranking_by_hand():
    positive = np.array([False, False, True, True])
    assert roc(np.array([1.0, 2.0, 3.0, 4.0]), positive).area == 1.0
    assert roc(np.array([4.0, 3.0, 2.0, 1.0]), positive).area == 0.0
    assert roc(np.zeros(4), positive).area == 0.5
    worst = precision_recall(np.array([4.0, 3.0, 2.0, 1.0]), positive)
    assert worst.area == pytest.approx(0.5 * 1 / 3 + 0.5 * 2 / 4)


def test_what_has_no_curve():
    assert roc(np.array([0.1, np.nan]), np.array([True, False])) is None
    assert precision_recall(np.array([0.1, 0.2]), np.array([True, True])) is None
    assert roc(np.array([0.1, 0.2]), np.array([False, False])) is None


def test_a_long_curve_is_thinned_for_drawing_and_its_area_is_not():
    rng = np.random.default_rng(0)
    scores, positive = rng.normal(size=5_000), rng.random(5_000) < 0.5
    found = precision_recall(scores, positive)
    assert len(found.x) == POINTS and (found.x[0], found.x[-1]) == (0, 1)
    assert found.area == pytest.approx(average_precision_score(positive, scores))


def test_two_outputs_rank_as_their_softmax_does():
    outputs = torch.tensor([[1.0, 3.0], [2.0, -1.0], [0.5, 0.6]])
    assert np.array_equal(np.argsort(positive_scores(outputs)), torch.softmax(outputs, 1)[:, 1].argsort().numpy())
    assert positive_scores(outputs[:, :1]).tolist() == [1.0, 2.0, 0.5]
