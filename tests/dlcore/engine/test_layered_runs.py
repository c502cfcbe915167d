"""Runs of stacked layers in the engine: looked at, changed, rewound, and beside quick runs."""

import os
import signal
import statistics
import time
from collections.abc import Callable

import numpy as np
import psutil
import pytest
from waiting import WAIT, eventually

from dlcore.engine.frame import decode
from dlcore.engine.local import LocalEngine
from dlcore.engine.run import Run
from dlcore.engine.shares import MOST
from dlcore.engine.watch import Watch
from dlcore.specs.layered import Layered
from dlcore.specs.supervised import Supervised

REAL = "dlcore.labs.registry:make_lab"
SMALL = Layered.parse(
    {
        "data": {"kind": "images", "name": "digits", "samples": 200},
        "layers": [
            {"kind": "conv2d", "channels": 4},
            {"kind": "batch_norm"},
            {"kind": "activation"},
            {"kind": "max_pool"},
            {"kind": "flatten"},
            {"kind": "dropout", "rate": 0.25},
            {"kind": "dense", "units": 10},
        ],
        "training": {"loss": "cross_entropy", "optimizer": "adam", "batch_size": 16},
    }
)


def newest(watch: Watch) -> dict[str, np.ndarray]:
    """The arrays of the newest frame."""
    for header, arrays in reversed(decode(watch.take() or b"")):
        if header["type"] == "frame":
            return arrays
    raise AssertionError("no frame")


def step(run: Run, updates: int) -> None:
    run.step(updates).result(WAIT)


@pytest.mark.slow
def test_a_rate_of_dropout_changes_while_it_trains_and_kernels_by_hand(open_engine: Callable[..., LocalEngine]) -> None:
    run = open_engine(make_lab=REAL).start(SMALL, owner="a")
    step(run, 3)
    assert run.change({"layers.5.rate": 0.5}).result(WAIT) == {"rebuilt": False}
    assert run.generation == 1 and run.step_now == 3
    watch = run.watch(["filters"], 5)
    run.edit("weight/0", (2, 0, 1, 1), 7.5).result(WAIT)
    assert newest(watch)["filters/weight/0"][2, 0, 1, 1] == 7.5
    assert run.change({"layers.0.channels": 5}).result(WAIT)["rebuilt"]


def test_what_is_looked_at_outlives_the_worker_and_the_past_comes_back(open_engine: Callable[..., LocalEngine]) -> None:
    engine = open_engine(make_lab=REAL)
    run = engine.start(SMALL, owner="a")
    watch = run.watch(["maps", "filters", "weights", "activations"], 25)
    run.look(part="train", sample=17, exact="conv1").result(WAIT)
    step(run, 20)
    run.change({"layers.5.rate": 0.0}).result(WAIT)
    step(run, 20)
    before = newest(watch)
    (worker,) = engine.processes
    os.kill(worker, signal.SIGKILL)
    eventually(lambda: engine.processes and engine.processes[0] != worker)
    step(run, 15)
    run.rewind(40).result(WAIT)
    again = newest(watch)
    assert before.keys() == again.keys() and "maps/exact_input" in again
    for name, array in before.items():
        np.testing.assert_array_equal(array, again[name], err_msg=name)


def rate(engine: LocalEngine, runs: list[Run], seconds: float) -> float:
    """Updates of all runs together for each second of the processor that their worker gets."""
    process = psutil.Process(engine.processes[0])
    began, spent = sum(run.step_now for run in runs), process.cpu_times().user
    time.sleep(seconds)
    return (sum(run.step_now for run in runs) - began) / (process.cpu_times().user - spent)


@pytest.mark.alone  # shares of a second, and answers within one
@pytest.mark.slow  # many of the large network's updates are needed
def test_quick_runs_get_their_share_beside_a_large_network_that_is_watched(
    open_engine: Callable[..., LocalEngine],
) -> None:
    engine = open_engine(make_lab=REAL)
    quick = [
        engine.start(Supervised.parse({"network": {"layers": [{"units": units}]}}), owner=str(units))
        for units in (3, 4, 5, 6)  # of four shapes, so that they do not train as one
    ]
    large = engine.start(Layered().replace({"training.batch_size": 256}), owner="large")
    large.watch(["maps", "filters"], 5)
    for run in quick:
        run.play().result(WAIT)
    ratios, waits = [], []
    for _ in range(3):
        alone = rate(engine, quick, 1.5)
        large.play().result(WAIT)
        eventually(lambda: large.rate > 0)
        beside = rate(engine, quick, 3.0)
        ratios.append(beside / alone)
        began = time.monotonic()
        quick[0].speed(None).result(WAIT)
        waits.append(time.monotonic() - began)
        large.pause().result(WAIT)
    # four of them have a share each, the large network MOST at the most; its pictures take some time as well
    assert statistics.median(ratios) >= 0.75 * 4 / (4 + MOST), ratios
    assert large.step_now > 20
    assert max(waits) <= 1.0, waits  # an update of the large network may be under way
