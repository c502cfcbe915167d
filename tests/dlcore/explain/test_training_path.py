"""The way of a training is the run's own, with all that the learner did, however often it is looked at on the way."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
import torch

from dlcore.engine.hosted import Hosted
from dlcore.engine.messages import Entry, Restore
from dlcore.engine.snapshots import Snapshot
from dlcore.explain.training_path import at_snapshots, stretch, updates_of
from dlcore.labs.registry import make_lab
from dlcore.labs.supervised import SupervisedLab
from dlcore.specs.supervised import Supervised

SPEC = Supervised.parse({"network": {"layers": [{"units": 3}]}, "training": {"batch_size": 20}, "seed": 4})


def whole(spec: Supervised, goal: int, seconds: float, start: Any = None, journal: Any = ()) -> dict[str, Any]:
    """The way in as many calls as it takes."""
    found: dict[str, Any] = {"steps": [], "weights": [], "buffers": [], "calls": 0}
    while True:
        part = stretch(spec=spec, start=start, journal=journal, every=10, goal=goal, seconds=seconds)
        found["calls"] += 1
        for name in ("steps", "weights", "buffers"):
            found[name] += part[name]
        start = part["reached"]
        if start is None:
            return found
        assert start.step == part["now"] < goal


def vector_of(lab: SupervisedLab) -> torch.Tensor:
    return torch.cat([parameter.detach().reshape(-1) for parameter in lab.network.parameters()])


def test_the_way_is_that_of_the_lab_and_does_not_depend_on_the_calls() -> None:
    at_once, in_parts = whole(SPEC, 45, 60.0), whole(SPEC, 45, 0.0)
    assert at_once["calls"] == 1 and in_parts["calls"] == 45
    assert at_once["steps"] == in_parts["steps"] == [0, 10, 20, 30, 40, 45]
    np.testing.assert_array_equal(at_once["weights"], in_parts["weights"])
    lab = SupervisedLab(SPEC)
    for step in range(46):
        if step in at_once["steps"]:
            want = vector_of(lab)
            np.testing.assert_array_equal(at_once["weights"][at_once["steps"].index(step)], want, err_msg=str(step))
        lab.step()


def test_what_the_learner_did_belongs_to_it() -> None:
    """A rate changed after update 12, a bias set by hand after 20 and another one at the very end."""
    journal = (
        Entry(12, "change", {"changes": {"training.learning_rate": 0.5}}),
        Entry(20, "edit", {"parameter": "bias/1", "index": (0,), "value": 7.0}),
        Entry(30, "edit", {"parameter": "bias/0", "index": (2,), "value": -3.0}),
        Entry(31, "edit", {"parameter": "bias/0", "index": (2,), "value": 9.0}),  # later than what is asked for
    )
    run = Hosted(0, SPEC, Restore(), make_lab)
    found = whole(SPEC, 30, 0.001, run.snapshot(), journal)
    lab = SupervisedLab(SPEC)
    for step in range(30):
        if step == 12:
            lab.change(SPEC.replace({"training.learning_rate": 0.5}))
        if step == 20:
            lab.edit("bias/1", (0,), 7.0)
        lab.step()
    lab.edit("bias/0", (2,), -3.0)
    np.testing.assert_array_equal(found["weights"][-1], vector_of(lab))
    assert found["weights"][-1][8] == -3.0, "2 × 3 weights, then 3 biases"


def test_the_states_that_a_run_keeps_are_places_on_the_way() -> None:
    norm = SPEC.replace({"network.batch_norm": True})
    run = Hosted(0, norm, Restore(), make_lab)
    kept: list[Snapshot] = []
    for step in range(21):
        if step % 10 == 0:
            kept.append(run.snapshot())
        run.step(0.0)
    found, repeated = at_snapshots(spec=norm, snapshots=kept), whole(norm, 20, 60.0)
    assert found["steps"] == repeated["steps"] == [0, 10, 20] and found["reached"] is None
    np.testing.assert_array_equal(found["weights"], repeated["weights"])
    np.testing.assert_array_equal(found["buffers"], repeated["buffers"])
    assert np.shape(found["buffers"]) == (3, 6), "running mean and variance of three units"


def test_a_training_that_diverges_ends_before_it_does() -> None:
    wild = Supervised.parse(
        {
            "data": {"kind": "generated", "name": "plane"},
            "network": {"layers": []},
            "training": {"loss": "mse", "optimizer": "sgd", "learning_rate": 50.0},
        }
    )
    found = whole(wild, 500, 60.0)
    assert found["steps"][0] == 0 and found["steps"][-1] < 500
    assert all(np.isfinite(weights).all() for weights in found["weights"])


def test_epochs_are_counted_in_updates() -> None:
    assert updates_of(spec=SPEC, epochs=3) == 3 * SupervisedLab(SPEC).steps_an_epoch
    with pytest.raises(AttributeError):
        updates_of(spec=None, epochs=3)  # type: ignore[arg-type]
