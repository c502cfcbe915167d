from collections.abc import Callable
from typing import Any

from dlcore.specs import limits
from dlcore.specs.supervised import Supervised


def test_folds_take_the_place_of_the_test_share(open_page: Callable[..., Any]) -> None:
    page = open_page(Supervised())
    assert "Test share ↻" in page.labels and "Tested fold ↻" not in page.labels
    page.choose("data.folds", 5)
    assert (page.spec.data.folds, page.spec.data.fold) == (5, 0)
    assert "Test share ↻" not in page.labels
    page.choose("data.fold", 3)
    assert page.spec.data.fold == 3
    page.choose("data.folds", 3)  # the fourth of three would be none
    assert (page.spec.data.folds, page.spec.data.fold) == (3, 0)
    page.choose("data.folds", None)
    assert page.spec.data.folds is None and "Test share ↻" in page.labels
    assert page.at("data.folds").max == limits.FOLDS and not page.refusals
    page.choose("data.train_samples", 50)
    assert page.spec.data.train_samples == 50 and not page.refusals


def test_rare_classes_have_their_share_their_weight_and_their_draws(open_page: Callable[..., Any]) -> None:
    page = open_page(Supervised())
    assert "Share of the rare class ↻" not in page.labels
    page.choose("data.name", "fraud")
    page.choose("data.positives", 0.01)
    page.choose("training.class_weights", "balanced")
    page.choose("training.oversampling", True)
    training = page.spec.training
    assert (page.spec.data.positives, training.class_weights, training.oversampling) == (0.01, "balanced", True)
    page.choose("training.optimizer.kind", "gd")
    assert "draws none of them more often" in page.refusals[0] and page.spec.training.optimizer.kind == "sgd"
    page.choose("data.name", "sine")  # numbers have no rare classes
    training = page.spec.training
    assert (page.spec.data.name, training.class_weights, training.oversampling) == ("sine", "none", False)
    assert "Class weights ↻" not in page.labels and "Over-sampling ↻" not in page.labels
