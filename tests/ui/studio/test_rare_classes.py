import numpy as np

from dlcore.labs.registry import make_lab
from dlcore.specs.race import Race
from ui.studio.rare_classes import RARE, SHARES


def trained(spec: Race) -> tuple[np.ndarray, np.ndarray]:
    """Accuracy and recall of the three networks, and of who always says "honest", when the training is over."""
    lab = make_lab(spec)
    while lab.finished() is None:
        lab.step()
    lab.settle()
    arrays = lab.frame(frozenset({"report"})).arrays
    return arrays["report/accuracy"], arrays["report/recall"]


def test_every_share_on_offer_leaves_frauds_to_find_in_both_parts() -> None:
    for share in SHARES:
        data = RARE.replace({"base.data.positives": share}).base.data
        targets = data.load().targets  # type: ignore[union-attr]  # made data
        assert 24 <= targets.sum() <= 2_500


def test_the_three_differ_in_the_cure_alone() -> None:
    plain, weights, drawn = RARE.members
    assert weights == plain.replace({"training.class_weights": "balanced"})
    assert drawn == plain.replace({"training.oversampling": True})


def test_the_cures_find_the_frauds_that_are_missed_without() -> None:
    accuracy, recall = trained(RARE)
    assert abs(accuracy[3] - 0.99) < 1e-3 and recall[3] == 0
    assert accuracy[0] > 0.98 and recall[0] < 0.5, "right nearly always, and it misses most frauds"
    assert recall[1] > 0.6 and recall[2] > 0.6 and accuracy[1] < accuracy[0]


def test_where_classes_are_of_equal_size_nothing_needs_a_cure() -> None:
    _, recall = trained(RARE.replace({"base.data.positives": 0.5}))
    assert min(recall[:3]) > 0.8
