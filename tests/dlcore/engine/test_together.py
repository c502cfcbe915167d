"""Who takes updates together, first without any process, then in a worker."""

import os
import random
import signal
import time
from collections.abc import Callable, Iterator

import numpy as np
import pytest
from team import TeamGroup, TeamToy, alone, make_lab
from toy import Toy
from waiting import WAIT, eventually

from dlcore.engine.errors import Refused
from dlcore.engine.frame import decode
from dlcore.engine.hosted import Hosted
from dlcore.engine.local import LocalEngine
from dlcore.engine.messages import Entry, Restore
from dlcore.engine.run import Run
from dlcore.engine.together import Together
from dlcore.engine.watch import Watch

# Without a process


def hosted(number: int = 0, spec: Toy | None = None) -> Hosted:
    restore = Restore(generation=1, status="playing")
    return Hosted(number, TeamToy(seed=number) if spec is None else spec, restore, make_lab)


def test_runs_with_one_key_go_together() -> None:
    together = Together()
    red = [hosted(number) for number in range(3)]
    blue = [hosted(number, TeamToy(team="blue")) for number in (3, 4)]
    loners = [hosted(5, TeamToy(team=None)), hosted(6, TeamToy(team=None)), hosted(7, Toy())]
    runs = [red[0], blue[0], loners[0], red[1], loners[1], blue[1], loners[2], red[2]]
    assert [together.crowd(run, runs) for run in red] == [red] * 3
    assert [together.crowd(run, runs) for run in blue] == [blue] * 2
    assert [together.crowd(run, runs) for run in loners] == [[run] for run in loners]


def pause(run: Hosted) -> None:
    run.status = "paused"


def limit(run: Hosted) -> None:
    run.speed = 1000.0


def make_for(run: Hosted) -> None:
    run.targets.append((7, 1))


def repeat(run: Hosted) -> None:
    run.replay(5)


def join_others(run: Hosted) -> None:
    run.apply(Entry(0, "change", {"changes": {"team": "blue"}}))


@pytest.mark.parametrize("act", [pause, limit, make_for, repeat, join_others])
def test_who_does_something_of_its_own_does_not(act: Callable[[Hosted], None]) -> None:
    together, runs = Together(), [hosted(number) for number in range(3)]
    act(runs[1])
    assert together.crowd(runs[0], runs) == [runs[0], runs[2]]
    assert together.crowd(runs[1], runs) == [runs[1]]


def test_a_group_lasts_while_the_same_labs_go_together() -> None:
    together, runs = Together(), [hosted(number) for number in range(3)]
    group = together.group(runs)
    assert isinstance(group, TeamGroup) and group.labs == tuple(run.lab for run in runs)
    assert together.group(runs) is group
    fewer = together.group(runs[:2])
    assert isinstance(fewer, TeamGroup) and fewer.labs == group.labs[:2]
    again = together.group(runs)
    assert again is not group
    runs[2].lab.step()  # on its own: it has left
    assert not again.whole and together.group(runs) is not again


def test_another_lab_of_the_same_run_needs_another_group() -> None:
    together, runs = Together(), [hosted(number) for number in range(2)]
    group = together.group(runs)
    together.forget(runs[0])
    assert together.group(runs) is not group
    group = together.group(runs)
    assert together.group([hosted(0), runs[1]]) is not group


def test_a_group_is_of_two_at_least() -> None:
    with pytest.raises(ValueError, match="crowd: expected at least two runs with a key; received 1 of 'red'"):
        Together().group([hosted()])
    loners = [hosted(number, TeamToy(team=None)) for number in range(2)]
    with pytest.raises(ValueError, match="received 2 of None"):
        Together().group(loners)


# In a worker


@pytest.fixture
def engine(open_engine: Callable[..., LocalEngine]) -> LocalEngine:
    return open_engine(make_lab="team:make_lab")


def start(engine: LocalEngine, *specs: Toy) -> list[Run]:
    runs = [engine.start(spec, owner=str(number)) for number, spec in enumerate(specs)]
    for run in runs:
        run.built.result(WAIT)
    return runs


def play(runs: list[Run]) -> None:
    for future in [run.play() for run in runs]:
        future.result(WAIT)


def team(size: int, **settings: object) -> Iterator[TeamToy]:
    return (TeamToy(seed=seed, **settings) for seed in range(size))  # type: ignore[arg-type]


def company(run: Run) -> int:
    return int(run.history.column("company")[-1])


def numbers(watch: Watch) -> list[float]:
    for header, arrays in reversed(decode(watch.take() or b"")):
        if header["type"] == "frame":
            return arrays["weights/values"].tolist()  # type: ignore[no-any-return]
    raise AssertionError("no frame")


def expected(run: Run, step: int, spec: TeamToy | None = None) -> list[float]:
    begun = spec or run.described_spec  # what it was built as, before all live changes
    return np.array(alone(begun, step, run.journal), np.float32).tolist()  # type: ignore[no-any-return]


def test_playing_runs_go_together_and_each_has_its_own_numbers(engine: LocalEngine) -> None:
    runs = start(engine, *team(5))
    watches = [run.watch(["weights"], 20) for run in runs]
    play(runs)
    eventually(lambda: all(company(run) == 5 for run in runs))
    runs[0].pause().result(WAIT)
    eventually(lambda: all(company(run) == 4 for run in runs[1:]))
    runs[1].speed(300.0).result(WAIT)
    eventually(lambda: all(company(run) == 3 for run in runs[2:]) and company(runs[1]) == 1)
    runs[1].speed(None).result(WAIT)
    runs[0].play().result(WAIT)
    eventually(lambda: all(company(run) == 5 for run in runs))
    runs[2].change({"team": "blue"}).result(WAIT)
    runs[3].change({"team": None}).result(WAIT)
    eventually(lambda: [company(run) for run in runs] == [3, 3, 1, 1, 3])
    steps = [run.pause().result(WAIT)["step"] for run in runs]
    for run, watch, step in zip(runs, watches, steps, strict=True):
        assert numbers(watch) == expected(run, step)


def test_who_makes_updates_up_to_a_certain_one_makes_them_alone(engine: LocalEngine) -> None:
    runs = start(engine, *team(3))
    play(runs)
    eventually(lambda: company(runs[0]) == 3)
    made = runs[0].step(50)
    eventually(lambda: company(runs[1]) == 2)
    made.result(WAIT)
    assert company(runs[0]) == 1 and runs[0].status == "paused"
    watch = runs[0].watch(["weights"], 20)
    first = int(runs[0].history.column("step")[1])
    runs[0].rewind(first).result(WAIT)
    assert company(runs[0]) == 1 and numbers(watch) == expected(runs[0], first)
    assert [company(run) for run in runs[1:]] == [2, 2]


@pytest.mark.slow
@pytest.mark.parametrize("trouble", ["diverge", "crash"])
def test_one_that_gets_into_trouble_ends_alone(
    engine: LocalEngine, trouble: str, caplog: pytest.LogCaptureFixture
) -> None:
    few = {"nap": 0.0005}  # so that the updates to be compared are
    bad = TeamToy(seed=9, trouble=trouble, trouble_step=100, **few)  # type: ignore[arg-type]
    runs = start(engine, *team(2, **few), bad, *team(1, **few))
    watches = [run.watch(["weights"], 20) for run in runs]
    play(runs)
    eventually(lambda: runs[2].status == {"diverge": "diverged", "crash": "failed"}[trouble])
    assert runs[2].step_now == 100
    assert ("at update 100;" if trouble == "diverge" else "after update 100 (KeyError: 'a bolt')") in runs[2].reason
    assert ("KeyError: 'a bolt'" in caplog.text) == (trouble == "crash")
    others = [runs[0], runs[1], runs[3]]
    eventually(lambda: all(run.step_now > 200 and company(run) == 3 for run in others))
    assert all(run.status == "playing" for run in others)
    steps = [run.pause().result(WAIT)["step"] for run in others]
    for run, watch, step in zip(others, [watches[0], watches[1], watches[3]], steps, strict=True):
        assert numbers(watch) == expected(run, step)
    if trouble == "diverge":
        assert company(runs[2]) == 4  # its last update was one of all four
        runs[2].rewind(40).result(WAIT)
        assert numbers(watches[2]) == expected(runs[2], 40)


def test_who_is_done_ends_alone_at_its_own_last_update(engine: LocalEngine) -> None:
    runs = start(engine, TeamToy(seed=1, epochs=40), TeamToy(seed=2), TeamToy(seed=3, epochs=20), TeamToy(seed=4))
    play(runs)
    eventually(lambda: [run.status for run in runs] == ["finished", "playing", "finished", "playing"])
    assert [runs[0].step_now, runs[2].step_now] == [400, 200]
    eventually(lambda: company(runs[1]) == company(runs[3]) == 2)
    play([runs[0]])  # past its end, and together again
    eventually(lambda: company(runs[0]) == company(runs[1]) == 3)


def test_a_broken_group_fails_with_all_and_every_run_can_be_reset(
    engine: LocalEngine, caplog: pytest.LogCaptureFixture
) -> None:
    runs = start(engine, TeamToy(group_trouble_step=300), TeamToy(seed=2), TeamToy(seed=3, team="blue"))
    play(runs)
    eventually(lambda: [run.status for run in runs] == ["failed", "failed", "playing"])
    assert "MemoryError: no room for all" in caplog.text
    with pytest.raises(Refused, match="reset it"):
        runs[1].play().result(WAIT)
    for run in runs[:2]:
        run.reset(TeamToy(seed=5)).result(WAIT)
        run.play().result(WAIT)
    eventually(lambda: company(runs[0]) == company(runs[1]) == 2)


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(3))
def test_coming_and_going_at_random_changes_nobodys_numbers(engine: LocalEngine, seed: int) -> None:
    chance = random.Random(seed)
    runs = start(engine, *team(6))
    watches = [run.watch(["weights"], 20) for run in runs]
    play(runs)
    acts: list[Callable[[Run], object]] = [
        lambda run: run.pause(),
        lambda run: run.play(),
        lambda run: run.play(),
        lambda run: run.step(chance.randint(1, 40)),
        lambda run: run.step_epoch(),
        lambda run: run.speed(chance.choice([None, None, 500.0])),
        lambda run: run.change({"rate": chance.choice([0.01, 0.05, 0.2])}),
        lambda run: run.change({"team": chance.choice(["red", "red", "blue", None])}),
        lambda run: run.edit("weight", (chance.randrange(4),), chance.uniform(-2, 2)),
        lambda run: run.rewind(chance.randint(0, run.last_step)),
        lambda run: run.reset(TeamToy(seed=chance.randint(10, 20))),
        lambda run: run.look(scale=1.0),
    ]
    for _ in range(120):
        chance.choice(acts)(chance.choice(runs))
        time.sleep(chance.choice([0.0, 0.0, 0.002, 0.02]))
    for run in runs:
        run.pause().result(WAIT)
    for run, watch in zip(runs, watches, strict=True):
        step = run.step(1).result(WAIT)["step"]
        assert numbers(watch) == expected(run, step), run.journal
        watch.close()
        run.stop().result(WAIT)


@pytest.mark.slow  # thirty runs, twice
def test_thirty_runs_outlive_the_worker_that_they_share(engine: LocalEngine) -> None:
    specs = list(team(30, nap=0.001))  # so that the updates to be compared are few
    runs = start(engine, *specs)
    watches = [run.watch(["weights"], 5) for run in runs]
    play(runs)
    for run in runs[::3]:
        run.change({"rate": 0.02}).result(WAIT)
    eventually(lambda: all(run.snapshots.steps[-1] > 0 for run in runs))
    for run in runs[::5]:
        run.edit("weight", (1,), 2.0).result(WAIT)
    eventually(lambda: all(company(run) == 30 for run in runs))
    [victim] = engine.processes
    kept = [run.snapshots.steps[-1] for run in runs]
    seen = [run.step_now for run in runs]
    os.kill(victim, signal.SIGKILL)
    eventually(lambda: engine.processes not in ((), (victim,)))
    eventually(lambda: all(run.step_now > step for run, step in zip(runs, seen, strict=True)))
    eventually(lambda: all(company(run) == 30 for run in runs))
    steps = [run.pause().result(WAIT)["step"] for run in runs]
    for number, (run, watch, step) in enumerate(zip(runs, watches, steps, strict=True)):
        assert numbers(watch) == expected(run, step, specs[number])
        assert [entry.verb for entry in run.journal] == ["change"] * (number % 3 == 0) + ["edit"] * (number % 5 == 0)
        took_over = step - int(run.history.column("made")[-1])  # the update from which the new lab went on
        assert took_over >= kept[number] > 0
