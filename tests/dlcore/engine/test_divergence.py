"""Runs that leave the numbers: the update that did it counts, can be gone back behind, and comes again."""

import os
import signal

import numpy as np
import pytest
from toy import Toy, alone
from waiting import WAIT, eventually

from dlcore.engine.errors import Refused
from dlcore.engine.frame import decode
from dlcore.engine.hosted import Hosted
from dlcore.engine.local import LocalEngine
from dlcore.engine.messages import Entry, Restore
from dlcore.engine.randomness import set_random_state
from dlcore.engine.run import Run
from dlcore.engine.watch import Watch
from dlcore.labs.lab import Diverged
from dlcore.labs.registry import make_lab
from dlcore.specs.supervised import Supervised

REASON = "The loss became infinite at update 50; try a smaller rate."


# whether the lab looks at the loss of every update, or only now and then and takes back what came after
LOOK_EVERY = pytest.mark.parametrize("every", [1, 7, 64])


def diverged(engine: LocalEngine, seed: int = 0, every: int = 1) -> tuple[Run, Watch]:
    run = engine.start(Toy(seed=seed, trouble="diverge", look_every=every), owner="somebody")
    run.built.result(WAIT)
    watch = run.watch(["weights"], 20)
    run.play().result(WAIT)
    eventually(lambda: run.status == "diverged")
    return run, watch


def newest(watch: Watch) -> tuple[int, list[float]]:
    packets = decode(watch.take() or b"")
    return next((header["step"], arrays["weights/values"].tolist()) for header, arrays in reversed(packets) if arrays)


def expected(seed: int, step: int, edits: dict[int, dict[str, float]] | None = None) -> tuple[int, list[float]]:
    return step, np.array(alone(Toy(seed=seed), step, edits), np.float32).tolist()


@LOOK_EVERY
def test_the_update_that_diverged_counts_and_is_explained(engine: LocalEngine, every: int) -> None:
    run, watch = diverged(engine, 1, every)
    assert run.remark == ("" if every == 1 else "It looks late.")
    assert run.reason == REASON and run.step_now == run.last_step == run.history.last_step == 50
    assert newest(watch) == expected(1, 50)
    for command in (run.play, run.step, run.step_epoch):
        with pytest.raises(Refused, match="diverged; rewind it to an earlier update, or reset it"):
            command().result(WAIT)
    run.reset().result(WAIT)
    assert run.status == "ready" and run.reason == "" and run.step_now == 0


@LOOK_EVERY
def test_one_can_go_back_behind_it_and_it_comes_again_at_the_same_update(engine: LocalEngine, every: int) -> None:
    run, watch = diverged(engine, 2, every)
    for step in (49, 50, 20, 49):
        assert run.rewind(step).result(WAIT) == {"step": step}
        assert newest(watch) == expected(2, step)
        assert (run.status, run.reason) == (("diverged", REASON) if step == 50 else ("paused", ""))
        assert run.last_step == 50
    assert run.step(1).result(WAIT) == {"step": 50}
    assert (run.status, run.reason, newest(watch)) == ("diverged", REASON, expected(2, 50))
    run.rewind(30).result(WAIT)
    assert run.step(100).result(WAIT) == {"step": 50}  # asked for more than there is
    assert (run.status, run.reason, newest(watch)) == ("diverged", REASON, expected(2, 50))
    run.rewind(49).result(WAIT)
    run.play().result(WAIT)
    eventually(lambda: run.status == "diverged")
    assert (run.reason, newest(watch)) == (REASON, expected(2, 50))


@LOOK_EVERY
def test_what_is_changed_after_it_stays_when_one_comes_back(engine: LocalEngine, every: int) -> None:
    run, watch = diverged(engine, 3, every)
    run.edit("weight", (1,), 5.0).result(WAIT)
    run.change({"rate": 0.01}).result(WAIT)
    assert run.status == "diverged" and newest(watch) == expected(3, 50, {50: {"1": 5.0}})
    run.rewind(20).result(WAIT)
    assert run.spec.rate == 0.1
    run.rewind(50).result(WAIT)
    assert run.status == "diverged" and run.spec.rate == 0.01
    assert newest(watch) == expected(3, 50, {50: {"1": 5.0}})


@LOOK_EVERY
def test_a_diverged_run_whose_worker_died_is_back_as_it_was(engine: LocalEngine, every: int) -> None:
    run, watch = diverged(engine, 4, every)
    run.edit("weight", (1,), 5.0).result(WAIT)
    run.change({"rate": 0.01}).result(WAIT)
    watch.take()
    (pid,) = engine.processes
    os.kill(pid, signal.SIGKILL)
    eventually(lambda: engine.processes[0] != pid)
    run.look(scale=1.0).result(WAIT)  # answered by the new worker
    with pytest.raises(Refused, match="diverged"):
        run.play().result(WAIT)  # answered when it has repeated its past
    assert (run.status, run.reason, run.step_now, run.spec.rate) == ("diverged", REASON, 50, 0.01)
    assert newest(watch) == expected(4, 50, {50: {"1": 5.0}})


def test_repeating_the_past_counts_like_the_first_time() -> None:
    spec = Supervised.parse(
        {
            "network": {"layers": [{"units": 8, "activation": "relu"}], "output": "linear"},
            "training": {"loss": "mse", "learning_rate": 100.0},
        }
    )
    run = Hosted(1, spec, Restore(generation=1), make_lab)
    set_random_state(run.random)
    with pytest.raises(Diverged) as first:
        for _ in range(5_000):
            run.step(0.0)
    assert run.steps == run.lab.frame().step > 1
    assert f"at update {run.steps:,}:" in str(first.value)
    journal = (Entry(run.steps, "change", {"changes": {"training.learning_rate": 0.5}}),)
    other = Hosted(1, spec, Restore(generation=1, journal=journal, step=run.steps, last_step=run.steps), make_lab)
    set_random_state(other.random)
    with pytest.raises(Diverged) as second:
        while not other.repeat():
            pass
    assert str(second.value) == str(first.value) and other.steps == run.steps == other.lab.frame().step
    assert other.spec.training.learning_rate == 0.5 and other.applied == 1


@pytest.mark.slow
def test_a_worker_that_dies_while_it_repeats_the_past_loses_nothing(engine: LocalEngine) -> None:
    run = engine.start(Toy(seed=5, trouble="diverge", nap=0.02), owner="somebody")
    watch = run.watch(["weights"], 20)
    run.play().result(WAIT)
    eventually(lambda: run.status == "diverged")
    for _ in range(2):
        (pid,) = engine.processes
        os.kill(pid, signal.SIGKILL)
        eventually(lambda pid=pid: engine.processes[0] != pid)  # type: ignore[misc]
        run.look(scale=1.0).result(WAIT)  # another one is there, and is on its way through the second that it takes
    with pytest.raises(Refused, match="diverged"):
        run.play().result(WAIT)
    assert (run.status, run.reason, run.step_now, newest(watch)) == ("diverged", REASON, 50, expected(5, 50))
