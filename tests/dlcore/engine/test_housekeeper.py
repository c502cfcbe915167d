import time
from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

import pytest
from toy import Toy
from waiting import WAIT, eventually

from dlcore.engine.housekeeper import Housekeeper, duration
from dlcore.engine.local import LocalEngine


class Fake:
    """An engine that notes what is asked of it."""

    def __init__(self, **run: Any) -> None:
        idle = {"status": "playing", "looked_at": 100.0, "visited": 100.0, "watches": []}
        self.runs = (SimpleNamespace(**(idle | run)),)
        self.asked: list[str] = []

    def drop(self, run: Any, sentence: str) -> None:
        self.asked.append(sentence)

    def command(self, run: Any, verb: str, arguments: dict[str, str]) -> None:
        self.asked.append(f"{verb}: {arguments['reason']}")

    def at(self, now: float) -> list[str]:
        self.asked.clear()
        Housekeeper(self, idle_pause=600.0, idle_drop=7200.0).tidy(now)  # type: ignore[arg-type]
        return self.asked


SLEEP = ["sleep: Nobody watched for 10 minutes, so training was paused. Play goes on."]
DROP = ["Nobody visited this experiment for 2 hours, so it was closed."]
SEEN, HIDDEN = SimpleNamespace(views=frozenset({"loss"})), SimpleNamespace(views=frozenset[str]())


@pytest.mark.parametrize(
    ("run", "after"),
    [
        ({}, {599: [], 600: SLEEP, 7199: SLEEP, 7200: DROP}),
        ({"status": "paused"}, {7199: [], 7200: DROP}),
        ({"watches": [HIDDEN]}, {599: [], 600: SLEEP, 7200: SLEEP}),  # a hidden tab keeps its run
        ({"watches": [HIDDEN], "status": "asleep"}, {600: [], 99999: []}),
        ({"watches": [HIDDEN, SEEN]}, {600: [], 99999: []}),
        ({"visited": 700.0}, {600: SLEEP, 7200: SLEEP, 7799: SLEEP, 7800: DROP}),
        ({"looked_at": 700.0}, {600: [], 1200: SLEEP}),
    ],
)
def test_who_is_idle_for_how_long_sleeps_or_goes(run: dict[str, Any], after: dict[int, list[str]]) -> None:
    engine = Fake(**run)
    assert {seconds: engine.at(100.0 + seconds).copy() for seconds in after} == after


@pytest.mark.parametrize(
    ("seconds", "text"),
    [
        (0.5, "a moment"),
        (1, "1 second"),
        (59, "59 seconds"),
        (60, "1 minute"),
        (600, "10 minutes"),
        (3600, "1 hour"),
        (7200, "2 hours"),
    ],
)
def test_durations_are_words(seconds: float, text: str) -> None:
    assert duration(seconds) == text


@pytest.mark.alone  # it is idle for half a second and no longer
@pytest.mark.slow  # it waits until nobody has watched for long enough, three times
def test_a_run_that_nobody_watches_falls_asleep_and_is_dropped(open_engine: Callable[..., LocalEngine]) -> None:
    engine = open_engine(idle_pause=0.5, idle_drop=2.0)
    watched, alone = engine.start(Toy(), owner="a"), engine.start(Toy(), owner="a")
    watch = watched.watch(["loss"])
    alone.play().result(WAIT)
    watched.play().result(WAIT)
    eventually(lambda: alone.status == "asleep", 1.5)
    assert alone.reason.startswith("Nobody watched for") and watched.status == "playing"
    step = alone.step_now
    alone.play().result(WAIT)
    assert alone.status == "playing"
    eventually(lambda: alone.step_now > step)
    eventually(lambda: engine.find(alone.id) is None, 4.0)
    assert "so it was closed" in (engine.farewell(alone.id) or "")
    assert watched.status == "playing"
    watch.views = []  # a hidden tab: paused, but kept
    eventually(lambda: watched.status == "asleep", 1.5)
    time.sleep(2.5)
    assert engine.find(watched.id) is watched
    watch.close()
    eventually(lambda: engine.find(watched.id) is None, 4.0)
