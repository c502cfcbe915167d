import os
import signal
import time
from collections.abc import Callable

import numpy as np
import pytest
from toy import Toy, alone
from waiting import WAIT, eventually

from dlcore.engine.errors import Refused
from dlcore.engine.frame import decode
from dlcore.engine.local import LocalEngine
from dlcore.engine.watch import Watch


def kill(engine: LocalEngine, post: int = 0) -> None:
    os.kill(engine.processes[post], signal.SIGKILL)


def notice(watch: Watch) -> str:
    packets = decode(watch.take() or b"")
    return next((header["notice"] for header, _ in packets if header["type"] == "state"), "")


@pytest.mark.slow
def test_the_runs_of_a_killed_worker_go_on_as_if_nothing_had_happened(engine: LocalEngine) -> None:
    runs = [engine.start(Toy(seed=seed), owner=str(seed)) for seed in range(4)]
    watches = [run.watch(["weights"], 20) for run in runs]
    runs[0].step(500).result(WAIT)
    runs[0].change({"rate": 0.02}).result(WAIT)
    runs[0].step(100).result(WAIT)
    runs[0].look(scale=2.0).result(WAIT)
    for run in runs[1:]:
        run.play().result(WAIT)
    eventually(lambda: all(run.step_now > 500 for run in runs[1:]))
    for watch in watches:
        watch.take()
    pid, steps = engine.processes[0], [run.step_now for run in runs]
    kill(engine)
    # At once: it is news for ten seconds only, and a busy machine may take longer for all the rest
    eventually(lambda: notice(watches[0]) == "A worker stopped; this experiment is back from update 600.")
    eventually(lambda: notice(watches[1]).startswith("A worker stopped; training went on from update "))
    for run, step in zip(runs[1:], steps[1:], strict=True):
        eventually(lambda run=run, step=step: run.step_now > step + 100)  # type: ignore[misc]
        assert run.status == "playing"
    assert engine.processes[0] != pid
    eventually(lambda: runs[0].step(50).exception(WAIT) is None)
    packets = decode(watches[0].take() or b"")
    expected = 2 * np.array(alone(Toy(seed=0), runs[0].step_now, {500: {"rate": 0.02}}), np.float32)
    assert packets[-1][1]["weights/values"].tolist() == expected.tolist()
    playing = runs[1].pause().result(WAIT)["step"]
    packets = decode(watches[1].take() or b"")
    assert packets[-1][0]["step"] == playing
    assert packets[-1][1]["weights/values"].tolist() == np.array(alone(Toy(seed=1), playing), np.float32).tolist()


@pytest.mark.slow
def test_commands_under_way_are_done_later_or_refused(engine: LocalEngine) -> None:
    run, busy = engine.start(Toy(), owner="a"), engine.start(Toy(nap=0.2), owner="b")
    run.step(100).result(WAIT)
    busy.play().result(WAIT)
    stepping = busy.step(1000)
    time.sleep(0.05)  # the worker naps, and these wait in its pipe
    futures = [run.change({"rate": 0.5}), run.rewind(50), run.play(), engine.ask("toy:double", x=4)]
    kill(engine)
    for future in futures:
        future.result(WAIT)
    with pytest.raises(Refused, match="A worker stopped in the middle"):
        stepping.result(WAIT)
    assert run.status == "playing" and futures[3].result() == 8


@pytest.mark.slow
def test_a_run_that_kills_its_worker_three_times_fails_and_the_others_go_on(engine: LocalEngine) -> None:
    bad, good = engine.start(Toy(trouble="kill"), owner="a"), engine.start(Toy(), owner="b")
    good.play().result(WAIT)
    bad.play()
    eventually(lambda: bad.status == "failed")
    assert bad.reason.startswith("The training process ended 3 times within a minute")
    step = good.step_now
    eventually(lambda: good.step_now > step + 100)
    assert good.status == "playing"
    bad.reset(Toy()).result(WAIT)
    bad.step(60).result(WAIT)


def test_a_spec_that_kills_its_worker_while_it_is_built_fails(engine: LocalEngine) -> None:
    run = engine.start(Toy(trouble="kill build"), owner="a")
    with pytest.raises(Refused, match="ended 3 times within a minute"):
        run.built.result(WAIT)
    assert run.status == "failed"
    assert engine.ask("toy:double", x=1).result(WAIT) == 2


@pytest.mark.slow
def test_a_worker_that_never_starts_is_told_to_the_learner(monkeypatch: pytest.MonkeyPatch) -> None:
    from dlcore.engine import processes

    def broken(*_: object) -> None:
        raise OSError("no more processes")

    monkeypatch.setattr(processes, "start", broken)
    engine = LocalEngine(1)
    engine.open()
    try:
        run = engine.start(Toy(), owner="a")
        with pytest.raises(Refused, match="The training process cannot start on this computer"):
            run.built.result(WAIT)
        assert run.status == "failed"
    finally:
        engine.close()


@pytest.mark.alone  # a quick answer
def test_another_worker_is_there_quickly(open_engine: Callable[..., LocalEngine]) -> None:
    engine = open_engine()
    kill(engine)
    began = time.monotonic()
    assert engine.ask("toy:double", x=1).result(WAIT) == 2
    assert time.monotonic() - began < 1.0  # 0.1 s on a quiet machine; importing PyTorch anew takes seconds


def test_a_broken_callback_of_one_viewer_does_not_end_training(engine: LocalEngine) -> None:
    run = engine.start(Toy(), owner="a")

    def broken() -> None:
        raise RuntimeError("Event loop is closed")

    run.watch(["loss"], 20, broken)
    assert run.step(5).result(WAIT) == {"step": 5}
