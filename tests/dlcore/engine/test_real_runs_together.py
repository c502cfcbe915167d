"""Real supervised runs that share a worker's updates against the same runs, each alone in an engine of its own."""

import os
import random
import signal
import time
from collections.abc import Callable

import numpy as np
import pytest
from waiting import WAIT, eventually

from dlcore.engine.frame import decode
from dlcore.engine.local import LocalEngine
from dlcore.engine.run import Run
from dlcore.engine.watch import Watch
from dlcore.specs.supervised import Supervised

REAL = "dlcore.labs.registry:make_lab"
SPEC = Supervised.parse(
    {
        "data": {"kind": "generated", "name": "moons", "samples": 100},
        "network": {"layers": [{"kind": "dense", "units": 12, "activation": "tanh"}] * 2},
        "training": {
            "learning_rate": 0.02,
            "optimizer": "adam",
            "batch_size": 16,  # the last batch of an epoch has two samples
            "dropout": 0.1,
            "epochs": None,
        },
    }
)


def numbers(watch: Watch) -> tuple[int, dict[str, np.ndarray]]:
    """The newest frame's step; its weights, biases and gradients."""
    for header, arrays in reversed(decode(watch.take() or b"")):
        if header["type"] == "frame":
            kinds = ("network/weight", "network/bias")
            return header["step"], {name: value for name, value in arrays.items() if name.startswith(kinds)}
    raise AssertionError("no frame")


def repeat_alone(engine: LocalEngine, spec: Supervised, run: Run, step: int) -> dict[str, np.ndarray]:
    """The same commands at the same updates, in an engine where there is nobody else."""
    other = engine.start(spec, owner="alone")
    other.built.result(WAIT)
    watch = other.watch(["network"], 5)
    made = 0
    for entry in [entry for entry in run.journal if entry.step <= step]:
        if entry.step > made:
            made = other.step(entry.step - made).result(WAIT)["step"]
        if entry.verb == "change":
            other.change(entry.arguments["changes"]).result(WAIT)
        else:
            other.edit(**entry.arguments).result(WAIT)
    if step > made:
        other.step(step - made).result(WAIT)
    reached, found = numbers(watch)
    assert reached == step
    watch.close()
    other.stop().result(WAIT)
    return found


def same(found: dict[str, np.ndarray], expected: dict[str, np.ndarray]) -> bool:
    assert len(found) >= 6 and found.keys() == expected.keys()
    return all(np.array_equal(found[name], expected[name]) for name in found)


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(2))
def test_coming_and_going_changes_nobodys_numbers(open_engine: Callable[..., LocalEngine], seed: int) -> None:
    engine, chance = open_engine(make_lab=REAL), random.Random(seed)
    specs = [SPEC.replace({"seed": number}) for number in range(5)]
    specs += [SPEC.replace({"data.samples": 150, "data.name": "circle", "training.l2": 0.01})]
    runs = [engine.start(spec, owner=str(number)) for number, spec in enumerate(specs)]
    begun = dict(zip(runs, specs, strict=True))

    def reset(run: Run) -> None:
        begun[run] = SPEC.replace({"seed": chance.randint(10, 20)})
        run.reset(begun[run])

    acts: list[Callable[[Run], object]] = [
        lambda run: run.pause(),
        lambda run: run.play(),
        lambda run: run.play(),
        lambda run: run.step(chance.randint(1, 30)),
        lambda run: run.step_epoch(),
        lambda run: run.speed(chance.choice([None, None, 200.0])),
        lambda run: run.change({"training.learning_rate": chance.choice([0.001, 0.01, 0.05])}),
        lambda run: run.change({"training.batch_size": chance.choice([16, 16, 7, "all"])}),
        lambda run: run.change({"training.dropout": chance.choice([0.0, 0.3]), "training.l1": 0.001}),
        lambda run: run.edit("weight/1", (chance.randrange(12), chance.randrange(12)), chance.uniform(-1, 1)),
        lambda run: run.rewind(chance.randint(0, run.last_step)),
        lambda run: run.look(sample=chance.randrange(40)),
        reset,
    ]
    watches = {run: run.watch(["network", "output"], 20) for run in runs}
    for future in [run.play() for run in runs]:
        future.result(WAIT)
    for number in range(60):
        chance.choice(acts)(chance.choice(runs))
        time.sleep(chance.choice([0.0, 0.0, 0.01, 0.05]))
        if number == 40:
            runs.pop().stop()
    for run in runs:
        run.pause().result(WAIT)
    own = open_engine(make_lab=REAL)
    for run in runs:
        step = run.step(1).result(WAIT)["step"]
        reached, found = numbers(watches[run])
        assert reached == step
        assert same(found, repeat_alone(own, begun[run], run, step)), run.journal


@pytest.mark.slow
def test_thirty_go_on_from_their_snapshots_when_their_worker_is_killed(
    open_engine: Callable[..., LocalEngine],
) -> None:
    engine = open_engine(make_lab=REAL)
    large = {"network.layers": [{"kind": "dense", "units": 16, "activation": "relu"}] * 6}  # few updates, long ones
    specs = [SPEC.replace({**large, "training.batch_size": 50, "seed": number}) for number in range(30)]
    runs = [engine.start(spec, owner=str(number)) for number, spec in enumerate(specs)]
    watches = [run.watch(["network"], 5) for run in runs]
    for future in [run.play() for run in runs]:
        future.result(WAIT)
    for run in runs[::4]:
        run.change({"training.learning_rate": 0.01}).result(WAIT)
    eventually(lambda: all(run.snapshots.steps[-1] > 0 for run in runs))
    runs[1].edit("bias/0", (3,), 1.5).result(WAIT)
    [victim] = engine.processes
    seen = [run.step_now for run in runs]
    os.kill(victim, signal.SIGKILL)
    eventually(lambda: engine.processes not in ((), (victim,)))
    eventually(lambda: all(run.step_now > step for run, step in zip(runs, seen, strict=True)))
    steps = [future.result(WAIT)["step"] for future in [run.pause() for run in runs]]
    own = open_engine(make_lab=REAL)
    for run, spec, watch, step in zip(runs, specs, watches, steps, strict=True):
        reached, found = numbers(watch)
        assert reached == step and run.status == "paused" and run.generation == 1
        assert same(found, repeat_alone(own, spec, run, step))
