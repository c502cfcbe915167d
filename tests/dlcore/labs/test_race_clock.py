"""A race on the clock: nobody's numbers change, seconds are those of the updates alone, goals are met when they are."""

import itertools
import math
from time import perf_counter

import numpy as np
import pytest
import torch

from dlcore.engine.state import pack, unpack
from dlcore.labs.race_clock import WINDOW, TimedRunner
from dlcore.labs.registry import make_lab
from dlcore.specs.race import Race
from dlcore.specs.spec import SpecError, is_live, is_live_change

TABLE = {
    "kind": "supervised",
    "data": {"kind": "table", "name": "iris"},
    "network": {"layers": [{"units": 4, "activation": "tanh"}]},
    "training": {"loss": "cross_entropy", "learning_rate": 0.1, "batch_size": 8},
}
IMAGES = {
    "kind": "layered",
    "data": {"kind": "images", "name": "digits", "samples": 120},
    "layers": [{"kind": "flatten"}, {"kind": "dropout", "rate": 0.2}, {"kind": "dense", "units": 10}],
    "training": {"loss": "cross_entropy", "optimizer": "adam", "batch_size": 16},
}
SIZES = (1, 8, 64, "all")


def race(base=None, goal=90, **variants):
    rows = [{"title": name, "changes": changes} for name, changes in variants.items()]
    return Race.parse({"base": base or TABLE, "variants": rows, "timed": True, "goal": goal})


def sizes(**training):
    base = {**TABLE, "training": TABLE["training"] | {"step": "textbook"} | training}
    return race(base, **{f"of {size}": {"training.batch_size": size} for size in SIZES})


def step(lab, count):
    for _ in range(count):
        lab.step()
    return lab


@pytest.mark.parametrize(
    "spec",
    [
        race(
            None,
            fast={},
            twin={"seed": 2, "training.dropout": 0.3},
            textbook={"training.step": "textbook", "training.dropout": 0.3, "training.optimizer": "adam"},
            norm={"network.batch_norm": True, "training.early_stopping": {"patience": 1}},
        ),
        race(IMAGES, a={}, b={"training.optimizer": "momentum"}),
    ],
    ids=["tables", "images"],
)
def test_the_clock_changes_no_number(spec):
    lab = step(make_lab(spec), 25)
    assert all(type(team) is TimedRunner for team in lab._teams), "each makes its updates apart"
    for runner, member in zip(lab.runners, spec.members, strict=True):
        alone = step(make_lab(member), runner.lab.steps)
        for ours, theirs in zip(runner.lab.network.parameters(), alone.network.parameters(), strict=True):
            assert torch.equal(ours, theirs)


def test_seconds_of_all_are_no_more_than_passed_by():
    lab = make_lab(sizes())
    assert [runner.seconds for runner in lab.runners] == [0] * 4, "the first update of all was not for the clock"
    began = perf_counter()
    step(lab, 60)
    passed = perf_counter() - began
    seconds = [runner.seconds for runner in lab.runners]
    assert min(seconds) > 0 and sum(seconds) <= passed
    before = [runner.seconds for runner in step(lab, 1).runners]
    assert all(later > earlier for earlier, later in zip(seconds, before, strict=True))


def test_only_updates_are_on_the_clock(monkeypatch):
    ticks = itertools.count()
    monkeypatch.setattr("dlcore.labs.race_clock.thread_time", lambda: float(next(ticks)))
    lab = make_lab(sizes())
    for _ in range(30):
        lab.step()
        lab.frame(frozenset({"standings", "scores"}))
    metrics = lab.frame().metrics
    for number, runner in enumerate(lab.runners):
        found = {
            name: metrics[f"{number}/{name}"] for name in ("updates", "seconds", "update_seconds", "epoch_seconds")
        }
        assert found == {"updates": 30, "seconds": 30, "update_seconds": 1, "epoch_seconds": runner.lab.steps_an_epoch}
        assert [at == seconds for at, seconds in runner.reached] == [True] * len(runner.reached)


def test_a_batch_of_b_takes_n_over_b_updates_an_epoch():
    lab = make_lab(sizes())
    n = len(lab.runners[0].lab.x_train)
    step(lab, 50)
    for size, runner in zip((1, 8, 64, n), lab.runners, strict=True):
        assert runner.lab.steps_an_epoch == math.ceil(n / size)
        assert runner.lab.epoch == pytest.approx(50 / math.ceil(n / size))


def test_noise_is_what_statistics_says_of_batches_drawn_without_replacement():
    lab = make_lab(sizes(learning_rate=1e-9))  # weights stay where they are
    step(lab, WINDOW + 20)
    first = lab.runners[0].lab
    with torch.no_grad():
        scores = first.network.eval()(first.x_train)
        of_each = torch.nn.functional.cross_entropy(scores, first.targets_train, reduction="none").numpy()
    n, spread = len(of_each), of_each.std()
    for size, runner in zip((1, 8, 64), lab.runners, strict=False):
        assert len(runner.batch_losses) == WINDOW
        if n % size == 0 or size < 64:  # of two batches an epoch, the one gives away the other
            assert runner.noise == pytest.approx(spread * math.sqrt((n - size) / (n - 1) / size), rel=0.3)
        by_hand = np.sqrt((np.diff(runner.batch_losses) ** 2).mean() / 2)
        assert runner.noise == pytest.approx(by_hand)
    assert lab.runners[3].noise < 1e-6 < lab.runners[1].noise < lab.runners[0].noise


def test_a_goal_is_met_at_the_first_look_that_is_good_enough():
    lab = make_lab(sizes())
    scores = [[] for _ in lab.runners]
    for _ in range(80):
        lab.step()
        for found, runner in zip(scores, lab.runners, strict=True):
            if runner.lab.steps % max(1, runner.lab.steps_an_epoch // 10) == 0:
                found.append((runner.lab.steps, runner.lab.evaluate()["test_accuracy"]))
    assert any(len(runner.reached) > 80 for runner in lab.runners)
    for goal in range(1, 101):
        lab.change(lab.spec.replace({"goal": goal}))  # what was reached before is remembered
        metrics = lab.frame().metrics
        for number, found in enumerate(scores):
            first = next((at for at, score in found if score >= goal / 100 - 1e-6), math.nan)
            np.testing.assert_equal(metrics[f"{number}/goal_updates"], first)
            assert math.isnan(metrics[f"{number}/goal_seconds"]) == math.isnan(first)


def test_what_was_measured_is_part_of_the_state():
    lab = step(make_lab(sizes()), 30)
    state, kept = unpack(pack(lab.state_dict())), dict(lab.frame().metrics)
    other = make_lab(lab.spec)
    other.load_state_dict(state)
    np.testing.assert_equal(dict(other.frame().metrics), kept)
    step(lab, 5), step(other, 5)
    ours, theirs = lab.frame().metrics, other.frame().metrics
    for name in ours:
        if "seconds" not in name:
            np.testing.assert_equal(ours[name], theirs[name])
    assert theirs["2/seconds"] > kept["2/seconds"]


def test_the_goal_is_live_and_the_clock_is_not():
    spec = sizes()
    assert is_live(spec, "goal") and is_live_change(spec, spec.replace({"goal": 50}))
    assert not is_live_change(spec, spec.replace({"timed": False}))
    with pytest.raises(SpecError, match="goal"):
        spec.replace({"goal": 101})


def test_without_a_clock_nothing_is_timed():
    lab = step(make_lab(sizes().replace({"timed": False})), 3)
    assert not any("seconds" in name or "noise" in name for name in lab.frame().metrics)
    assert "standings" not in {view.name for view in lab.views}


def test_who_diverges_keeps_what_was_measured():
    wild = {"training.learning_rate": 90.0, "training.loss": "mse", "network.output": "linear"}
    lab = make_lab(race(None, wild=wild, calm={"training.loss": "mse"}))
    step(lab, 60)
    assert lab.runners[0].lost and lab.runners[0].left < 60
    seconds = lab.runners[0].seconds
    assert step(lab, 5).runners[0].seconds == seconds > 0
