"""One run with very slow updates beside quick ones and a group: it gets no more than its share, and controls answer."""

import statistics
import time
from collections.abc import Callable

import pytest
from team import TeamToy
from waiting import WAIT

from dlcore.engine.local import LocalEngine
from dlcore.engine.run import Run
from dlcore.engine.shares import MOST

UPDATE = 0.05  # seconds of the processor, of the hog
UPDATES = 12  # of the hog, while it is measured


def pause(runs: list[Run]) -> list[float]:
    """Seconds of the processor that each has spent in updates when it pauses."""
    for future in [run.pause() for run in runs]:
        future.result(WAIT)
    return [float(run.history.column("seconds")[-1]) for run in runs]


def play(runs: list[Run]) -> None:
    for future in [run.play() for run in runs]:
        future.result(WAIT)


@pytest.mark.alone  # shares of time, and quick answers
@pytest.mark.slow  # a hog's share can only be judged after many of its updates
def test_a_hog_gets_no_more_than_its_share(open_engine: Callable[..., LocalEngine]) -> None:
    engine = open_engine(make_lab="team:make_lab")
    specs = [TeamToy(team=None, work=UPDATE)]
    specs += [TeamToy(seed=seed, team=None) for seed in range(10)]
    specs += [TeamToy(seed=seed, team="red") for seed in range(4)]
    runs = [engine.start(spec, owner=str(number)) for number, spec in enumerate(specs)]
    hog, members = runs[0], runs[11:]
    for run in runs[1:6]:
        run.step(300).result(WAIT)  # who was there before is owed nothing, and owes nothing
    play(runs)
    before = pause(runs)
    begun = hog.step_now
    play(runs)
    waits = []
    while hog.step_now < begun + UPDATES:
        began = time.monotonic()
        runs[1 + len(waits) % 14].speed(None).result(WAIT)
        waits.append(time.monotonic() - began)
        time.sleep(0.02)
    assert {int(run.history.column("company")[-1]) for run in members} == {4}
    after = pause(runs)
    used = [late - early for early, late in zip(before, after, strict=True)]
    quick, team = used[1:11], sum(used[11:])  # of what a group takes, each has had all
    # the engine itself takes something between quick updates; the hog has one update more or less
    usual = statistics.median(quick)
    assert min(quick) >= 0.75 * usual, used
    for dear in (used[0], team):  # an update of four costs as much as four, and an update of the hog much more
        assert 0.75 * MOST * usual - 2 * UPDATE <= dear <= MOST * usual / 0.75 + 2 * UPDATE, used
    assert statistics.quantiles(waits, n=20)[-1] <= 0.25, waits
