import os
import statistics
import time

import psutil
import pytest
from toy import Toy
from waiting import WAIT, eventually

from dlcore.engine.local import LocalEngine


@pytest.mark.alone  # equal shares of time, and quick answers
@pytest.mark.slow  # shares are only to be judged after seconds of training
def test_runs_share_a_worker_fairly_and_commands_do_not_wait(engine: LocalEngine) -> None:
    runs = [engine.start(Toy(seed=seed), owner=str(seed)) for seed in range(20)]
    for run in runs[:10]:
        run.built.result(WAIT)
        run.step(500).result(WAIT)  # those who were there before have used time already
    for future in [run.play() for run in runs]:
        future.result(WAIT)
    before = [run.pause().result(WAIT)["step"] for run in runs]
    for future in [run.play() for run in runs]:
        future.result(WAIT)
    waits = []
    until = time.monotonic() + 5.0
    while time.monotonic() < until:
        began = time.monotonic()
        runs[len(waits) % 20].speed(None).result(WAIT)
        waits.append(time.monotonic() - began)
        time.sleep(0.02)
    after = [future.result(WAIT)["step"] for future in [run.pause() for run in runs]]
    made = [late - early for early, late in zip(before, after, strict=True)]
    assert min(made) >= 0.8 * statistics.median(made), made
    assert statistics.quantiles(waits, n=20)[-1] <= 0.25


@pytest.mark.alone  # quick answers
def test_controls_are_quick_while_thirty_runs_play(engine: LocalEngine) -> None:
    runs = [engine.start(Toy(seed=seed), owner=str(seed)) for seed in range(30)]
    for run in runs:
        run.watch(["weights"], 20)
    for future in [run.play() for run in runs]:
        future.result(WAIT)
    waits = []
    for run in runs * 2:
        began = time.monotonic()
        run.pause().result(WAIT)
        run.play().result(WAIT)
        waits.append((time.monotonic() - began) / 2)
    assert statistics.quantiles(waits, n=20)[-1] <= 0.25, waits


@pytest.mark.alone  # a rate
@pytest.mark.slow  # thirty updates at ten a second
def test_a_slow_update_is_its_own_slice_and_a_limited_run_is_punctual_beside_it(engine: LocalEngine) -> None:
    slow, limited = engine.start(Toy(nap=0.03), owner="a"), engine.start(Toy(), owner="b")
    limited.speed(10)
    for future in [slow.play(), limited.play()]:
        future.result(WAIT)
    first, began = limited.step_now, time.monotonic()
    eventually(lambda: limited.step_now >= first + 30)
    assert 2.0 < time.monotonic() - began < 4.5
    assert slow.pause().result(WAIT)["step"] > 20


@pytest.mark.slow
def test_a_paused_engine_does_nothing(engine: LocalEngine) -> None:
    run = engine.start(Toy(), owner="a")
    run.watch(["weights"], 20)
    run.step(10).result(WAIT)
    worker, here = psutil.Process(engine.processes[0]), psutil.Process()
    before = [sum(process.cpu_times()[:2]) for process in (worker, here)]
    time.sleep(2.0)
    after = [sum(process.cpu_times()[:2]) for process in (worker, here)]
    assert after[0] - before[0] <= 0.02 and after[1] - before[1] <= 0.2


@pytest.mark.skipif(not hasattr(os, "nice"), reason="this system has no niceness")
def test_workers_give_way_to_the_server(engine: LocalEngine) -> None:
    assert psutil.Process(engine.processes[0]).nice() == min(19, psutil.Process().nice() + 10)
