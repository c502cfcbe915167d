from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import pytest
from team import TeamToy
from toy import Toy
from waiting import WAIT, eventually

from dlcore.engine.frame import decode
from dlcore.engine.local import LocalEngine
from dlcore.engine.publishing import FIRST_EPOCHS, Publisher, next_due


@dataclass
class Playing:
    frame_cost: float
    views: frozenset[str] = field(default_factory=lambda: frozenset({"plane"}))
    rate_wanted: float = 20.0
    status: str = "playing"


def interval(*runs: Playing) -> float:
    publisher = Publisher(None)  # type: ignore[arg-type]
    hosted: Any = dict(enumerate(runs))
    publisher._runs = hosted
    return publisher._frame_interval(hosted[0])


@pytest.mark.parametrize(
    ("runs", "seconds"),
    [
        ([Playing(0.002)], 0.048),
        ([Playing(0.002, rate_wanted=5.0)], 0.192),
        ([Playing(0.002, rate_wanted=100.0)], 0.0384),
        ([Playing(0.002)] * 10, 0.08),  # a quarter of the time
        ([Playing(0.002)] * 40, 0.2),  # five a second
        ([Playing(0.005)] * 40, 0.2 / 0.6),  # more is not possible
        ([Playing(0.002), *[Playing(0.5, status="paused")] * 5], 0.048),
        ([Playing(0.002, views=frozenset())], 0.25),
        ([Playing(0.002, views=frozenset())] * 50, 0.4),
    ],
)
def test_frames_become_rarer_before_training_starves(runs: list[Playing], seconds: float) -> None:
    assert interval(*runs) == pytest.approx(seconds)


@pytest.mark.parametrize(("updates", "frames"), [(30, 25), (26, 25), (24, 24), (50, 25), (1000, 25), (1, 1)])
def test_frames_keep_their_rate_whatever_that_of_the_updates_is(updates: int, frames: int) -> None:
    interval, due, told = 0.04, 0.0, 0
    for number in range(10 * updates):
        now = number / updates
        if now >= due:
            due = next_due(due, now, interval)
            told += 1
    assert told / 10 == pytest.approx(frames, rel=0.02)


def test_a_frame_far_too_late_is_not_made_up_for() -> None:
    assert next_due(1.0, 9.0, 0.04) == pytest.approx(9.04)
    assert next_due(1.0, 0.5, 0.04) == pytest.approx(0.54), "it came early: somebody asked for it"


@pytest.mark.alone  # what comes between two frames
def test_between_frames_a_watched_run_has_about_a_row_an_epoch(engine: LocalEngine) -> None:
    run, unwatched = (engine.start(Toy(seed=seed), owner="somebody") for seed in (1, 2))
    watch = run.watch(["weights"], 1.0)
    run.built.result(WAIT)
    for each in (run, unwatched):
        each.play().result(WAIT)
    eventually(lambda: len(run.history) > FIRST_EPOCHS + 30)
    for each in (run, unwatched):
        each.pause().result(WAIT)
    steps = run.history.column("step")
    amid = steps % run.description["steps_an_epoch"] > 0
    assert amid.sum() <= run.frame_number  # frames come when they come; rows beside them at the end of an epoch
    assert run.frame_number < 0.3 * len(run.history)
    assert len(unwatched.history) < 0.3 * len(run.history)
    watch.close()


def test_the_first_hundred_epochs_have_a_row_each(engine: LocalEngine) -> None:
    run = engine.start(Toy(), owner="somebody")
    watch = run.watch(["weights"], 1.0)
    run.built.result(WAIT)
    run.play().result(WAIT)
    eventually(lambda: len(run.history) > FIRST_EPOCHS + 20)
    run.pause().result(WAIT)
    steps = run.history.column("step").tolist()
    an_epoch = run.description["steps_an_epoch"]
    assert set(range(0, FIRST_EPOCHS * an_epoch, an_epoch)) <= set(steps)
    later = [step for step in steps if step > FIRST_EPOCHS * an_epoch]
    assert max(later) - FIRST_EPOCHS * an_epoch > 2 * an_epoch * len(later), "then there are fewer"
    watch.close()


@pytest.mark.alone  # what comes between two frames
def test_in_a_group_those_who_are_watched_have_rows_between_frames(open_engine: Callable[..., LocalEngine]) -> None:
    engine = open_engine(make_lab="team:make_lab")
    unwatched, watched = (engine.start(TeamToy(seed=seed, team="red"), owner="somebody") for seed in (1, 2))
    watch = watched.watch(["weights"], 1.0)
    watched.built.result(WAIT)
    for each in (unwatched, watched):
        each.play().result(WAIT)
    eventually(lambda: len(watched.history) > 30)
    for each in (unwatched, watched):
        each.pause().result(WAIT)
    assert watched.history.column("company")[-2] == 2
    assert watched.frame_number < 0.3 * len(watched.history)
    assert len(unwatched.history) < 0.3 * len(watched.history)
    watch.close()


@pytest.mark.alone  # what comes between two measurements
def test_frames_between_measurements_show_the_present_with_the_last_measured_numbers(
    open_engine: Callable[..., LocalEngine],
) -> None:
    run = open_engine(make_lab="glancing:make_lab").start(Toy(nap=0.002), owner="somebody")
    watch = run.watch(["weights"], 25.0)
    run.built.result(WAIT)
    run.play().result(WAIT)
    frames: list[dict[str, Any]] = []

    def look() -> bool:
        said = decode(watch.take() or b"")
        frames.extend(header | arrays for header, arrays in said if header["type"] == "frame")
        return len(frames) > 30

    eventually(look)
    run.pause().result(WAIT)
    assert not look() or frames[-1]["step"] == run.step_now
    *steps, last = [frame["step"] for frame in frames]
    assert steps == sorted(set(steps))
    assert last >= steps[-1]  # paused right after a frame, it is told once more
    ages = [frame["step"] - frame["metrics"]["measured_at"] for frame in frames]
    assert ages[-1] == 0  # at rest the numbers are those of the present
    assert 0 < sum(age > 0 for age in ages) < len(ages)  # some frames are a glance, others measure
    for frame in frames:  # a glance brings the arrays of the present
        assert frame["weights/values"][0] == frame["step"]
    measured = run.history.column("measured_at")
    assert measured.tolist() == run.history.column("step").tolist()  # a row of history is always measured
    watch.close()
