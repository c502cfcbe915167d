import os
import sys
import threading
import time
from collections.abc import Callable

import numpy as np
import pytest
from toy import Toy
from waiting import WAIT

from dlcore.engine.errors import LimitReached, Refused
from dlcore.engine.local import LocalEngine


def test_runs_are_found_by_id_and_token(engine: LocalEngine) -> None:
    run, other = engine.start(Toy(), owner="a"), engine.start(Toy(), owner="b")
    assert engine.runs == (run, other)
    assert engine.find(run.id) is run and engine.by_token(other.token) is other
    assert engine.find("nobody") is None and engine.by_token(run.id) is None
    assert len(run.token) >= 43 and run.token != other.token
    run.stop().result(WAIT)
    assert engine.find(run.id) is None and engine.by_token(run.token) is None and engine.runs == (other,)
    assert engine.farewell(run.id) == "This experiment was closed." and engine.farewell("nobody") is None
    with pytest.raises(Refused, match="This experiment was closed"):
        run.play().result(WAIT)


def test_an_owner_keeps_a_few_runs_and_the_least_looked_at_goes(open_engine: Callable[..., LocalEngine]) -> None:
    engine = open_engine(runs_per_owner=2, runs=3)
    first, second = engine.start(Toy(), owner="a"), engine.start(Toy(), owner="a")
    first.watch(["loss"])
    third = engine.start(Toy(), owner="a")
    assert engine.runs == (first, third)
    assert "2 experiments at a time" in (engine.farewell(second.id) or "")
    engine.start(Toy(), owner="b")
    with pytest.raises(LimitReached, match="This server keeps 3 experiments at a time"):
        engine.start(Toy(), owner="c")


def test_small_questions_are_answered_between_slices(engine: LocalEngine) -> None:
    run = engine.start(Toy(), owner="a")
    run.play().result(WAIT)
    assert engine.ask("toy:double", x=2.5).result(WAIT) == 5.0
    assert engine.ask("numpy:arange", stop=3).result(WAIT).tolist() == np.arange(3).tolist()
    assert engine.ask("toy:pid").result(WAIT) == engine.processes[0] != os.getpid()
    for function, error, text in (
        ("toy:complain", ZeroDivisionError, "nothing to share"),
        ("toy:missing", ValueError, "received 'toy:missing'"),
        ("toy:tensor", TypeError, "plain values and NumPy arrays"),
    ):
        with pytest.raises(error, match=text):
            engine.ask(function).result(WAIT)
    with pytest.raises(Refused, match="stopped over this question"):
        engine.ask("toy:end").result(WAIT)
    assert run.status == "playing"


def test_runs_and_questions_go_where_there_is_least_to_do(open_engine: Callable[..., LocalEngine]) -> None:
    engine = open_engine(workers=2)
    runs = [engine.start(Toy(), owner=str(index)) for index in range(4)]
    assert [run.home for run in runs] == [0, 1, 0, 1]
    for run in (runs[0], runs[2]):
        run.play().result(WAIT)
    assert engine.start(Toy(), owner="x").home == 1
    assert engine.ask("toy:pid").result(WAIT) == engine.processes[1]


def test_a_class_that_comes_in_and_plays_one_by_one_is_shared_out_evenly(
    open_engine: Callable[..., LocalEngine], monkeypatch: pytest.MonkeyPatch
) -> None:
    engine = open_engine(workers=2)
    early = [engine.start(Toy(), owner=f"early {index}") for index in range(4)]
    for run in (early[0], early[2]):
        run.play().result(WAIT)
    # two play on the first worker, while two have been opened on the second, and will play next
    late = [engine.start(Toy(), owner=f"late {index}") for index in range(6)]
    assert [run.home for run in late] == [1, 0, 1, 0, 1, 0]
    # long after, those whose pages nobody has open any more do not count
    monkeypatch.setattr("dlcore.engine.run.ARRIVAL", 0.0)
    kept = late[0].watch()
    assert engine.start(Toy(), owner="next").home == 1, "one is watched there, two train on the first"
    assert engine.start(Toy(), owner="then").home == 1
    kept.close()


@pytest.mark.alone  # a quick answer
def test_a_warm_worker_builds_at_once(engine: LocalEngine) -> None:
    began = time.monotonic()
    run = engine.start(Toy(), owner="a")
    run.play().result(WAIT)
    assert time.monotonic() - began < 0.15


def test_commands_given_before_the_workers_are_there_are_done_then() -> None:
    with LocalEngine(1, make_lab="toy:make_lab") as engine:
        run = engine.start(Toy(), owner="a")
        assert run.status == "building"
        assert run.step(5).result(60) == {"step": 5}


def test_closing_refuses_what_is_under_way_and_leaves_no_process() -> None:
    threads = set(threading.enumerate())
    engine = LocalEngine(1, make_lab="toy:make_lab")
    with pytest.raises(RuntimeError, match="expected an open one"):
        engine.start(Toy(), owner="a")
    engine.open()
    run = engine.start(Toy(nap=0.001), owner="a")
    run.built.result(60)
    future, (pid,) = run.step(1_000_000), engine.processes
    engine.close()
    with pytest.raises(Refused, match="The server is shutting down"):
        future.result(WAIT)
    with pytest.raises(Refused, match="The server is shutting down"):
        run.play().result(WAIT)
    assert not os.path.exists(f"/proc/{pid}") and set(threading.enumerate()) <= threads
    engine.close()
    with pytest.raises(RuntimeError, match="expected a new one to open; this one is closed"):
        engine.open()


def test_workers_are_at_least_one() -> None:
    with pytest.raises(ValueError, match="workers: expected at least 1; received 0"):
        LocalEngine(0)


@pytest.mark.slow  # a server of its own
def test_this_process_stays_without_pytorch() -> None:
    import subprocess

    program = (
        "import sys; sys.path.append(sys.argv[1])\n"
        "from dlcore.engine.local import LocalEngine\n"
        "from toy import Toy\n"
        "with LocalEngine(1, make_lab='toy:make_lab') as engine:\n"
        "    run = engine.start(Toy(), owner='a')\n"
        "    run.watch(['weights'])\n"
        "    run.step(3).result(60); run.rewind(1).result(60)\n"
        "    assert len(run.snapshots)\n"
        "assert 'torch' not in sys.modules\n"
    )
    subprocess.run([sys.executable, "-c", program, os.path.dirname(__file__)], check=True, timeout=90)
