import threading
import time

import pytest
from toy import Toy
from waiting import WAIT, eventually

from dlcore.engine.frame import decode
from dlcore.engine.local import LocalEngine
from dlcore.engine.run import Run
from dlcore.engine.watch import Watch


def start(engine: LocalEngine, spec: Toy | None = None) -> Run:
    run = engine.start(spec or Toy(), owner="somebody")
    run.built.result(WAIT)
    return run


def kinds(message: bytes | None) -> list[str]:
    return [header["type"] for header, _ in decode(message or b"")]


def test_a_viewer_gets_everything_once_and_then_news(engine: LocalEngine) -> None:
    run = start(engine)
    watch = run.watch(["weights"], 20)
    run.step(1).result(WAIT)
    assert kinds(watch.take()) == ["description", "state", "history", "frame"]
    assert watch.took_frame and watch.take() is None and not watch.took_frame
    run.step(1).result(WAIT)
    assert kinds(watch.take()) == ["state", "history", "frame"]
    run.reset().result(WAIT)
    assert kinds(watch.take()) == ["description", "state", "history", "frame"]


def test_a_viewer_without_credit_gets_no_frame_and_later_the_newest_only(engine: LocalEngine) -> None:
    run = start(engine)
    watch = run.watch(["weights"], 20)
    watch.take()
    for _ in range(5):
        run.step(1).result(WAIT)
        assert "frame" not in kinds(watch.take(frame=False))
    (rows, table), (frame, _) = decode(watch.take() or b"")
    assert frame["step"] == 5 and rows["type"] == "history" and table["rows"][:, 0].tolist() == [1, 2, 3, 4, 5]


@pytest.mark.alone  # frames a second
def test_the_viewer_is_woken_and_the_slow_one_never_sees_an_old_frame(engine: LocalEngine) -> None:
    run, woken = start(engine), threading.Event()
    quick, slow = run.watch(["weights"], 20, woken.set), run.watch(["weights"], 2)
    run.play().result(WAIT)
    steps: dict[str, list[int]] = {"quick": [], "slow": []}
    until = time.monotonic() + 2.0
    while time.monotonic() < until:
        assert woken.wait(WAIT)
        woken.clear()
        for name, watch in (("quick", quick), ("slow", slow)):
            with run.lock:
                message, newest = watch.take(), decode(run.frame_packet or b"")
            found = [header["step"] for header, _ in decode(message or b"") if header["type"] == "frame"]
            assert found in ([], [header["step"] for header, _ in newest])
            steps[name] += found
    for seen in steps.values():
        assert seen == sorted(set(seen))
    assert len(steps["quick"]) >= 20 and 3 <= len(steps["slow"]) <= 6
    run.pause().result(WAIT)
    assert decode(slow.take() or b"")[-1][0]["step"] == run.step_now  # nothing is held back when all stands still


def test_arrays_are_made_for_watched_views_only(engine: LocalEngine) -> None:
    run = start(engine)
    watch = run.watch(["loss"], 20)
    run.step(1).result(WAIT)
    assert decode(watch.take() or b"")[-1][1] == {}
    watch.views = ["loss", "weights"]  # on a run that stands still: a fresh frame comes
    eventually(lambda: "frame" in kinds(message := watch.take()) and decode(message or b"")[-1][1])
    watch.views = []
    run.step(1).result(WAIT)
    assert kinds(watch.take()) == ["state"]
    assert run.frame_packet is None  # nobody looks: nothing was encoded
    assert run.history.last_step == 2
    watch.look_at(["weights"], 5)
    frames: list[bytes] = []
    eventually(lambda: frames.append(watch.take() or b"") or "frame" in kinds(frames[-1]))
    with pytest.raises(ValueError, match="rate: expected more than 0 frames a second; received 0"):
        watch.rate = 0


def test_a_frame_is_encoded_once_for_all(engine: LocalEngine) -> None:
    run = start(engine)
    first, second = run.watch(["weights"], 20), run.watch(["loss"], 10)
    run.step(1).result(WAIT)
    taken: list[Watch] = [first, second]
    frames = [decode(watch.take() or b"")[-1] for watch in taken]
    assert frames[0][0] == frames[1][0] and "weights/values" in frames[1][1]
    assert run.watched() == (frozenset({"weights", "loss"}), 20.0)
    first.close()
    first.close()
    assert run.watched() == (frozenset({"loss"}), 10.0)


@pytest.mark.alone  # rows a second
def test_without_viewers_metrics_come_at_most_four_times_a_second(engine: LocalEngine) -> None:
    run = start(engine)
    run.play().result(WAIT)
    time.sleep(2.0)
    assert 4 <= len(run.history) <= 11


def test_the_state_says_which_live_fields_were_changed(engine: LocalEngine) -> None:
    run = start(engine)
    watch = run.watch(["loss"], 20)
    run.change({"rate": 0.5}).result(WAIT)
    run.speed(20).result(WAIT)
    state = next(header for header, _ in decode(watch.take() or b"") if header["type"] == "state")
    assert state["changes"] == {"rate": 0.5} and state["speed"] == 20 and state["last_step"] == 0
    run.stop().result(WAIT)
    ((state, _),) = decode(watch.take() or b"")
    assert state["gone"] and state["reason"] == "This experiment was closed."


def test_the_description_can_be_completed(open_engine: object) -> None:
    engine: LocalEngine = open_engine(  # type: ignore[operator]
        describe=lambda description: {"figures": {view["name"]: {} for view in description["views"]}}
    )
    watch = start(engine).watch(["loss"], 20)
    header, constants = decode(watch.take() or b"")[0]
    assert header["figures"] == {"loss": {}, "weights": {}} and constants["weights/axis"].tolist() == [0, 1, 2, 3]
