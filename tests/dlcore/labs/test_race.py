"""What is particular to a race: nobody disturbs anybody, who diverges is said, and the others go on."""

import numpy as np
import pytest
import torch

from dlcore.labs.lab import Diverged
from dlcore.labs.race_runner import Runner, Team
from dlcore.labs.registry import make_lab
from dlcore.specs.race import Race, cross_validation
from dlcore.specs.supervised import Supervised

SMALL = {"kind": "supervised", "data": {"kind": "generated", "name": "circle", "samples": 60}}
IMAGES = {
    "kind": "layered",
    "data": {"kind": "images", "name": "shapes", "samples": 40},
    "layers": [
        {"kind": "conv2d", "channels": 2},
        {"kind": "dropout", "rate": 0.5},
        {"kind": "flatten"},
        {"kind": "dense", "units": 4},
    ],
    "training": {"loss": "cross_entropy", "batch_size": 8},
}
RUNS_AWAY = {"training.loss": "mse", "network.output": "linear", "training.learning_rate": 50.0}


def race(base=None, **variants):
    rows = [{"title": name, "changes": changes} for name, changes in variants.items()]
    return make_lab(Race.parse({"base": base or SMALL, "variants": rows}))


def step(lab, count):
    for _ in range(count):
        lab.step()
    return lab


RACES = {
    "together": race(None, a={}, b={"seed": 3}, c={"training.learning_rate": 0.3}),
    "both ways": race(
        None,
        fast={"training.dropout": 0.4},
        textbook={"training.dropout": 0.4, "training.step": "textbook"},
        norm={"network.batch_norm": True, "training.dropout": 0.2},
        other={"training.optimizer": "adam", "training.batch_size": 7},
    ),
    "images": race(IMAGES, a={}, b={"seed": 1}, c={"training.optimizer": "adam"}),
    "folds": make_lab(cross_validation(Supervised.parse(SMALL), 3)),
}


@pytest.mark.parametrize("name", RACES)
def test_every_variant_gives_the_numbers_that_it_gives_alone(name):
    lab = step(make_lab(RACES[name].spec), 50)
    for number, member in enumerate(lab.spec.members):
        alone = step(make_lab(member), 50)
        for ours, theirs in zip(lab.runners[number].lab.network.parameters(), alone.network.parameters(), strict=True):
            assert torch.equal(ours, theirs)
        theirs = alone.frame().metrics
        ours = lab.frame().metrics
        for metric in ("train_loss", "test_loss", "train_accuracy", "test_accuracy"):
            assert ours[f"{number}/{metric}"] == theirs[metric]
        assert ours[f"{number}/epoch"] == alone.epoch


def test_variants_of_one_shape_take_their_updates_as_one():
    lab = step(make_lab(RACES["together"].spec), 1)
    assert [type(team) for team in lab._teams] == [Team]
    lab = step(make_lab(RACES["both ways"].spec), 1)
    assert [type(team) for team in lab._teams] == [Runner] * 4


def test_who_diverges_is_said_and_the_others_go_on():
    lab = race(None, wild=RUNS_AWAY, calm={}, calm_too={"seed": 1})
    step(lab, 200)
    wild, calm, _ = lab.runners
    assert wild.lost and wild.left < 200 and wild.lab.steps == wild.left
    assert calm.lab.steps == 200 and lab.steps == 200 and lab.finished() is None
    titles = [series.title for view in lab.views if view.name == "loss" for series in view.series]
    assert titles[0] == "wild (diverged)" and titles[2] == "calm"
    assert not np.isfinite(lab.frame().metrics["0/train_loss"])
    alone = step(make_lab(lab.spec.members[1]), 200)
    assert lab.frame().metrics["1/train_loss"] == alone.frame().metrics["train_loss"]
    again = make_lab(lab.spec)
    again.load_state_dict(lab.state_dict())
    assert [view.title for view in again.views] == [view.title for view in lab.views]
    assert step(again, 5).runners[0].lab.steps == wild.left
    ended = race({**SMALL, "training": {"epochs": 8}}, wild=RUNS_AWAY, calm={})
    while ended.finished() is None:
        ended.step()
    assert ended.finished() == (
        f"All variants have ended. 8 epochs are done. Diverged, their steps being too large: "
        f"“wild” at update {ended.runners[0].left}."
    )


def test_when_all_have_diverged_the_race_has():
    lab = race(None, wild=RUNS_AWAY, wilder={**RUNS_AWAY, "training.learning_rate": 90.0})
    with pytest.raises(Diverged, match=r"“wild” at update \d+, “wilder” at update \d+\. Try a smaller learning rate"):
        step(lab, 300)
    assert lab.steps == max(runner.left for runner in lab.runners)


def test_a_race_ends_when_the_last_has_and_can_go_on():
    base = {**SMALL, "training": {"epochs": 4}}
    lab = race(base, quick={"training.epochs": 2}, slow={"training.batch_size": 3}, long={})
    epochs = []
    while lab.finished() is None:
        lab.step()
        epochs.append(lab.epoch)
    assert [runner.lab.epoch for runner in lab.runners] == [2, 4, 4]
    assert epochs == sorted(epochs) and epochs[-1] == 4
    assert lab.steps == 40 and lab.steps_an_epoch == 10
    assert lab.finished() == "All variants have ended."
    step(lab, 10)  # whoever plays on, plays on with all
    assert [runner.lab.steps for runner in lab.runners] == [6 + 10, 40 + 10, 12 + 10]


def test_a_live_field_of_the_base_changes_in_all_that_do_not_set_it_themselves():
    lab = step(race(None, a={}, own={"training.learning_rate": 0.5}), 10)
    lab.change(lab.spec.replace({"base.training.learning_rate": 0.2}))
    assert [runner.lab.spec.training.learning_rate for runner in lab.runners] == [0.2, 0.5]
    member = make_lab(lab.spec.members[0].replace({"training.learning_rate": 0.03}))
    step(member, 10).change(lab.spec.members[0])
    step(lab, 10)
    assert lab.frame().metrics["0/train_loss"] == step(member, 10).frame().metrics["train_loss"]


def test_more_epochs_bring_back_who_had_ended():
    lab = race({**SMALL, "training": {"epochs": 2}}, a={}, b={"seed": 1})
    while lab.finished() is None:
        lab.step()
    lab.change(lab.spec.replace({"base.training.epochs": 5}))
    assert lab.finished() is None
    while lab.finished() is None:
        lab.step()
    assert lab.epoch == 5


def test_folds_have_a_mean_and_a_spread_and_other_variants_have_none():
    lab = step(make_lab(RACES["folds"].spec), 30)
    metrics = lab.frame().metrics
    scores = [metrics[f"{number}/test_accuracy"] for number in range(3)]
    assert metrics["mean/test_accuracy"] == pytest.approx(np.mean(scores))
    assert metrics["spread/test_accuracy"] == pytest.approx(np.std(scores, ddof=1))
    view = next(view for view in lab.views if view.name == "scores")
    assert (view.options["mean"], view.options["spread"]) == ("mean/test_accuracy", "spread/test_accuracy")
    assert "mean/test_accuracy" not in RACES["both ways"].frame().metrics


def test_measures_stand_beside_those_of_who_has_learned_nothing():
    base = {**SMALL, "data": {"kind": "generated", "name": "fraud", "samples": 400, "positives": 0.1}}
    lab = step(race(base, none={}, weights={"training.class_weights": "balanced"}), 60)
    found = lab.frame(frozenset({"report", "roc"})).arrays
    counts = [lab.frame(frozenset({f"confusion_{k}"})).arrays[f"confusion_{k}/counts"] for k in (0, 1)]
    for k, ((tn, fp), (fn, tp)) in enumerate(counts):
        assert found["report/accuracy"][k] == pytest.approx((tn + tp) / 200)
        assert found["report/recall"][k] == pytest.approx(tp / (tp + fn))
        assert found["report/precision"][k] == pytest.approx(tp / (tp + fp) if tp + fp else 0)
        assert found[f"roc/at_x/{k}"][0] == pytest.approx(fp / (fp + tn))
        assert found[f"roc/at_y/{k}"][0] == pytest.approx(tp / (tp + fn))
    assert found["report/accuracy"][2] == pytest.approx(0.9) and found["report/recall"][2] == 0
    assert next(view for view in lab.views if view.name == "report").options["rows"][-1] == "Always “honest”"


def test_nothing_is_ranked_that_nobody_looks_at(monkeypatch):
    def never(*_):
        raise AssertionError("nobody looks at it")

    monkeypatch.setattr("dlcore.labs.ranking_views.positive_scores", never)
    monkeypatch.setattr("dlcore.labs.ranking_views.confusion", never)
    lab = step(race(None, a={}), 3)
    lab.frame(frozenset({"loss", "scores", "output_0"}))
    with pytest.raises(AssertionError):
        lab.frame(frozenset({"roc"}))
