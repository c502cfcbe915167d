import logging
import os
import signal

import numpy as np
import pytest
from toy import Toy, alone
from waiting import WAIT, eventually

from dlcore.engine.errors import Refused
from dlcore.engine.frame import decode
from dlcore.engine.local import LocalEngine
from dlcore.engine.messages import Entry, Noted, Taken
from dlcore.engine.run import Run
from dlcore.engine.snapshots import Snapshot
from dlcore.engine.watch import Watch


def start(engine: LocalEngine, spec: Toy) -> Run:
    run = engine.start(spec, owner="somebody")
    run.built.result(WAIT)
    return run


def newest(watch: Watch) -> tuple[int, list[float]]:
    for header, arrays in reversed(decode(watch.take() or b"")):
        if header["type"] == "frame":
            return header["step"], arrays["weights/values"].tolist()
    raise AssertionError("no frame")


def as_sent(weights: list[float]) -> list[float]:
    return np.array(weights, np.float32).tolist()  # type: ignore[no-any-return]


def test_a_run_says_what_it_is(engine: LocalEngine) -> None:
    run = engine.start(Toy(), owner="somebody")
    assert run.status == "building"
    assert run.built.result(WAIT) == {"generation": 1}
    assert run.status == "ready" and run.generation == 1 and run.step_now == 0
    assert run.description["lab"] == "toy" and run.description["steps_an_epoch"] == 10
    assert run.description["spec"] == Toy().as_dict()
    assert [view["name"] for view in run.description["views"]] == ["loss", "weights"]
    assert run.history.column("step").tolist() == [0]


def test_steps_are_exactly_the_labs_own_whatever_frames_do(engine: LocalEngine) -> None:
    run, other = start(engine, Toy(seed=1)), start(engine, Toy(seed=2))
    watch = run.watch(["weights"], 20)
    other.play().result(WAIT)  # a neighbour on the same worker draws random numbers, too
    for updates in (1, 5, 30):
        run.step(updates).result(WAIT)
    assert newest(watch) == (36, as_sent(alone(Toy(seed=1), 36)))
    assert run.status == "paused"
    assert run.step_epoch().result(WAIT) == {"step": 40}
    assert run.step_epoch().result(WAIT) == {"step": 50}
    assert run.history.column("step").tolist() == [0, 1, 6, 36, 40, 50]


def test_the_same_seed_gives_the_same_frames(engine: LocalEngine) -> None:
    messages = []
    for _ in range(2):
        run = start(engine, Toy(seed=3))
        watch = run.watch(["weights", "loss"], 20)
        run.step(25).result(WAIT)
        messages.append([packet for packet in decode(watch.take() or b"") if packet[0]["type"] == "frame"])
    (first, arrays), (second, same) = messages[0][-1], messages[1][-1]
    assert first == second and arrays["weights/values"].tolist() == same["weights/values"].tolist()


def test_play_and_pause(engine: LocalEngine) -> None:
    run = start(engine, Toy())
    run.play().result(WAIT)
    assert run.status == "playing"
    eventually(lambda: run.step_now > 100)
    step = run.pause().result(WAIT)["step"]
    assert run.status == "paused" and run.step_now == step and run.rate == 0
    assert run.step(1).result(WAIT)["step"] == step + 1


@pytest.mark.alone  # a rate
def test_speed_limits_updates_a_second(engine: LocalEngine) -> None:
    run = start(engine, Toy())
    run.speed(40).result(WAIT)
    run.play().result(WAIT)
    eventually(lambda: run.step_now >= 40)
    assert 30 < run.rate < 50
    assert run.limit == 40
    run.speed(None).result(WAIT)
    eventually(lambda: run.step_now > 1000)


def test_a_run_ends_and_can_be_played_past_its_end(engine: LocalEngine) -> None:
    run = start(engine, Toy(epochs=3))
    run.play().result(WAIT)
    eventually(lambda: run.status == "finished")
    assert run.step_now == 30 and run.reason == "All 3 epochs are done."
    run.play().result(WAIT)
    eventually(lambda: run.step_now > 100)
    run.rewind(10).result(WAIT)
    run.play().result(WAIT)
    eventually(lambda: run.status == "finished")
    assert run.step_now == 30


def test_a_rewind_knows_what_was_told_just_before_it(engine: LocalEngine) -> None:
    run = start(engine, Toy(seed=7))
    watch = run.watch(["weights"], 20)
    run.step(20).result(WAIT)
    told = [run.edit("weight", (2,), 5.0), run.change({"rate": 0.01}), run.step(5), run.rewind(5), run.rewind(20)]
    for future in told:
        future.result(WAIT)
    assert newest(watch) == (20, as_sent(alone(Toy(seed=7), 20, {20: {"2": 5.0}}))) and run.spec.rate == 0.01
    *other_way, gone = run.rewind(10), run.edit("weight", (1,), 3.0), run.step(5), run.rewind(20)
    for future in other_way:
        future.result(WAIT)
    anew, gone_too = run.reset(), run.rewind(3)
    anew.result(WAIT)
    for future, step in ((gone, 20), (gone_too, 3)):
        with pytest.raises(Refused, match=f"Update {step} is no more: this run has gone another way since"):
            future.result(WAIT)
    assert run.step_now == 0 and not run.journal


def test_rewinding_gives_the_same_numbers_with_all_changes_in_between(engine: LocalEngine) -> None:
    run = start(engine, Toy(seed=7))
    watch = run.watch(["weights"], 20)
    history = {10: {"rate": 0.01}, 20: {"2": 5.0}, 30: {"rate": 0.2}}
    seen = {}
    for step in (10, 20, 30, 40):
        run.step(10).result(WAIT)
        if step == 10:
            run.change({"rate": 0.01}).result(WAIT)
        elif step == 20:
            run.edit("weight", (2,), 5.0).result(WAIT)
        elif step == 30:
            run.change({"rate": 0.2}).result(WAIT)
        seen[step] = newest(watch)
        assert seen[step] == (step, as_sent(alone(Toy(seed=7), step, history)))
    for step in (25, 40, 10, 0, 33, 20):  # back and, as long as nothing else happens, forth
        assert run.rewind(step).result(WAIT) == {"step": step}
        assert newest(watch) == (step, as_sent(alone(Toy(seed=7), step, history)))
        assert run.status == "paused" and run.last_step == 40
        assert run.spec.rate == (0.1 if step < 10 else 0.01 if step < 30 else 0.2)
        assert run.history.last_step == 40
    run.step(5).result(WAIT)  # from here another way
    assert run.history.column("step").tolist() == [0, 10, 20, 25]
    assert run.last_step == 25 and newest(watch)[1] == as_sent(alone(Toy(seed=7), 25, {**history, 30: {}}))
    with pytest.raises(Refused, match="step: expected 0 to 25; received 40"):
        run.rewind(40).result(WAIT)
    run.step(10).result(WAIT)
    assert newest(watch)[1] == as_sent(alone(Toy(seed=7), 35, {10: {"rate": 0.01}, 20: {"2": 5.0}}))


@pytest.mark.slow
def test_rewinding_while_it_plays_and_again_before_it_arrived(engine: LocalEngine) -> None:
    run = start(engine, Toy(seed=8))
    watch = run.watch(["weights"], 20)
    run.play().result(WAIT)
    eventually(lambda: run.step_now > 3000)
    for future in [run.rewind(step) for step in (3000, 1500, 2000, 777)]:
        future.result(WAIT)
    assert newest(watch) == (777, as_sent(alone(Toy(seed=8), 777)))


@pytest.mark.slow
def test_what_a_rewind_puts_off_is_done_when_it_has_arrived(engine: LocalEngine) -> None:
    run = start(engine, Toy(seed=8))
    watch = run.watch(["weights"], 20)
    run.step(2000).result(WAIT)
    futures = [run.rewind(1000), run.change({"rate": 0.02}), run.step(10)]
    for future in futures:
        future.result(WAIT)
    assert newest(watch) == (1010, as_sent(alone(Toy(seed=8), 1010, {1000: {"rate": 0.02}})))
    assert run.last_step == 1010


def test_a_live_change_goes_on_and_another_one_rebuilds(engine: LocalEngine) -> None:
    run = start(engine, Toy())
    run.step(10).result(WAIT)
    assert run.change({"rate": 0.5}).result(WAIT) == {"rebuilt": False}
    assert run.spec == Toy(rate=0.5) and run.step_now == 10 and run.generation == 1
    assert run.change({"size": 6}).result(WAIT) == {"generation": 2, "rebuilt": True}
    assert run.spec == Toy(rate=0.5, size=6) and run.step_now == 0 and run.generation == 2
    assert run.status == "ready" and len(run.history) == 1 and run.last_step == 0
    assert run.description["views"][1]["options"] == {"size": 6}
    run.reset().result(WAIT)
    assert run.spec == Toy(rate=0.5, size=6) and run.generation == 3
    run.reset(Toy(seed=4)).result(WAIT)
    assert run.spec == Toy(seed=4) and run.generation == 4


def test_several_changes_at_once_all_count(engine: LocalEngine) -> None:
    run = start(engine, Toy())
    for future in [run.change({"rate": 0.5}), run.change({"epochs": 9})]:
        future.result(WAIT)
    assert run.spec == Toy(rate=0.5, epochs=9)


def test_looking_changes_the_picture_and_nothing_else(engine: LocalEngine) -> None:
    run = start(engine, Toy())
    watch = run.watch(["weights"], 20)
    run.step(3).result(WAIT)
    before = newest(watch)[1]
    run.look(scale=2.0).result(WAIT)
    assert newest(watch)[1] == pytest.approx([2 * value for value in before])
    run.step(3).result(WAIT)
    run.look(scale=1.0).result(WAIT)
    assert newest(watch) == (6, as_sent(alone(Toy(), 6)))


def test_refusals_are_sentences(engine: LocalEngine) -> None:
    run = start(engine, Toy())
    for future, text in (
        (run.change({"size": "many"}), "^size: .*received 'many'.$"),
        (run.change({"nothing": 1}), "^nothing: there is no such field.$"),
        (run.change({"trouble": "build"}), "^size: this toy cannot be built.$"),
        (run.edit("bias", (0,), 1.0), "^parameter: there is no 'bias'"),
        (run.edit("weight", (0,), float("nan")), "^value: expected a finite number; received nan.$"),
        (run.look(colour="red"), "^look: there is nothing to choose by colour.$"),
        (run.step(0), "^updates: expected 1 to 1,000,000; received 0.$"),
        (run.speed(-1), "^speed: expected 0.01 to 1,000,000 updates a second; received -1.$"),
        (run.rewind(-1), "^step: expected 0 to 0; received -1.$"),
    ):
        with pytest.raises(Refused, match=text):
            future.result(WAIT)
    assert run.status == "ready" and run.spec == Toy() and run.generation == 1
    run.step(4).result(WAIT)  # the old lab goes on
    assert run.step_now == 4


def test_a_spec_that_cannot_be_built_fails_and_can_be_mended(engine: LocalEngine) -> None:
    run = engine.start(Toy(trouble="build"), owner="somebody")
    with pytest.raises(Refused, match=r"^size: this toy cannot be built\.$"):
        run.built.result(WAIT)
    assert run.status == "failed" and run.reason == "size: this toy cannot be built."
    with pytest.raises(Refused, match="has no network"):
        run.play().result(WAIT)
    run.change({"trouble": ""}).result(WAIT)
    assert run.status == "ready" and run.spec == Toy()
    run.step(2).result(WAIT)


def test_a_lab_that_crashes_while_building_is_our_mistake(
    engine: LocalEngine, caplog: pytest.LogCaptureFixture
) -> None:
    run = engine.start(Toy(trouble="crash build"), owner="somebody")
    with caplog.at_level(logging.ERROR, "layerlab.engine"), pytest.raises(Refused, match="our mistake"):
        run.built.result(WAIT)
    assert caplog.text.count("KeyError: 'no such wheel'") == 1 and "Traceback" in caplog.text


def test_a_lab_that_crashes_fails_with_a_sentence_and_is_logged_once(
    engine: LocalEngine, caplog: pytest.LogCaptureFixture
) -> None:
    run, other = start(engine, Toy(trouble="crash")), start(engine, Toy())
    with caplog.at_level(logging.ERROR, "layerlab.engine"):
        run.play().result(WAIT)
        eventually(lambda: run.status == "failed")
    assert "after update 50" in run.reason and "not yours" in run.reason
    assert caplog.text.count("KeyError: 'a bolt'") == 1
    for command in (run.play, run.step, lambda: run.rewind(3)):
        with pytest.raises(Refused, match="reset it, or change the experiment"):
            command().result(WAIT)
    other.step(3).result(WAIT)
    run.reset(Toy()).result(WAIT)
    run.step(60).result(WAIT)


def test_a_failed_run_does_not_come_back_by_itself(engine: LocalEngine) -> None:
    run = start(engine, Toy(trouble="crash"))
    run.play().result(WAIT)
    eventually(lambda: run.status == "failed")
    os.kill(engine.processes[0], signal.SIGKILL)
    assert engine.ask("toy:double", x=1).result(WAIT) == 2
    assert run.status == "failed"
    run.reset(Toy()).result(WAIT)
    assert run.status == "ready" and run.generation == 2


@pytest.mark.slow
def test_a_run_that_trains_is_told_how_many_others_do(engine: LocalEngine) -> None:
    runs = [start(engine, Toy(seed=seed)) for seed in range(4)]
    watch = runs[0].watch(["weights"], 20)
    for run in runs:
        run.play().result(WAIT)
    eventually(lambda: runs[0].others == 3)
    runs[1].pause().result(WAIT)
    runs[2].stop().result(WAIT)
    eventually(lambda: runs[0].others == 1)
    runs[0].pause().result(WAIT)
    states = [header for header, _ in decode(watch.take() or b"") if header["type"] == "state"]
    assert states[-1]["others"] == 0
    assert engine.training == 1


def test_what_is_known_of_a_run_reaches_as_far_as_its_records(engine: LocalEngine) -> None:
    run = start(engine, Toy())
    run.step(20).result(WAIT)
    run.on_record(Taken(run.number, 1, Snapshot(step=70, applied=0, state=b"")))
    assert (run.step_now, run.last_step) == (70, 70)
    restore = run.restore()
    assert restore.step == 70 and restore.snapshot is not None and restore.snapshot.step == 70
    entry = Entry(80, "change", {"changes": {"rate": 0.2}})
    run.on_record(Noted(run.number, 1, entry))
    assert run.restore().step == 80 and run.restore().journal == (entry,)
    run.on_record(Taken(run.number, 1, Snapshot(step=0, applied=0, state=b"")))  # of a run that repeats its past
    assert run.step_now == 80
