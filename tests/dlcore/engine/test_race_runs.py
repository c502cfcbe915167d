"""A race in the engine: live fields, divergence that is told while it goes on, rewinding, and a worker that dies."""

import os
import signal
from collections.abc import Callable

import pytest
from waiting import WAIT, eventually

from dlcore.engine.local import LocalEngine
from dlcore.engine.run import Run
from dlcore.labs.registry import make_lab
from dlcore.specs.race import Race

REAL = "dlcore.labs.registry:make_lab"
SPEC = Race.parse(
    {
        "base": {"kind": "supervised", "data": {"kind": "generated", "name": "circle", "samples": 60}},
        "variants": [
            {"title": "fast"},
            {"title": "textbook", "changes": {"training.step": "textbook", "training.dropout": 0.3}},
            {
                "title": "wild",
                "changes": {"training.loss": "mse", "network.output": "linear", "training.learning_rate": 50.0},
            },
        ],
    }
)


def newest(run: Run) -> dict[str, float]:
    """The last row of the history, as far as it is a variant's."""
    names = [f"{number}/{metric}" for number in range(3) for metric in ("train_loss", "test_accuracy", "epoch")]
    return {name: float(run.history.column(name)[-1]) for name in names}


@pytest.mark.slow  # two workers that load PyTorch
def test_a_race_is_changed_rewound_and_outlives_its_worker(open_engine: Callable[..., LocalEngine]) -> None:
    engine = open_engine(make_lab=REAL)
    run = engine.start(SPEC, owner="a")
    run.step(30).result(WAIT)
    assert run.description["views"][0]["series"][4]["title"] == "wild (diverged)" and run.generation == 1
    changed = SPEC.replace({"base.training.learning_rate": 0.2})
    assert run.change({"base.training.learning_rate": 0.2}).result(WAIT) == {"rebuilt": False}
    run.step(20).result(WAIT)
    last = newest(run)
    run.rewind(12).result(WAIT)
    assert run.step_now == 12 and run.spec == SPEC
    died = engine.processes[0]
    os.kill(died, signal.SIGKILL)
    eventually(lambda: engine.processes and engine.processes[0] != died)
    run.rewind(50).result(WAIT)
    assert run.spec == changed
    again = newest(run)
    lab = make_lab(SPEC)
    for _ in range(30):
        lab.step()
    lab.change(changed)
    for _ in range(20):
        lab.step()
    expected = lab.frame().metrics
    for name in last:
        if not name.startswith("2/"):  # the wild one is no number any more
            assert last[name] == again[name] == expected[name], name
    assert last["2/epoch"] == expected["2/epoch"] < expected["0/epoch"]
