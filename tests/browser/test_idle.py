"""A run that nobody watches falls asleep, and its page says so when somebody comes back."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from learner import Learner
from real_server import Server

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def server() -> Iterator[Server]:
    """A server that loses patience after a second; `visit` goes there."""
    found = Server("--idle-pause", "1")
    yield found
    found.close()


def test_who_comes_back_is_told_and_goes_on_where_it_stopped(visit: Callable[..., Learner]) -> None:
    learner = visit()
    learner.play()
    learner.pass_updates(10)
    run, address = learner.run, learner.page.url
    learner.page.goto("about:blank")
    learner.page.wait_for_timeout(3_000)
    learner.page.goto(address)
    learner.arrive()
    assert learner.run == run and learner.status == "asleep"
    assert learner.shown("status") == ("Asleep. Nobody watched for 1 second, so training was paused. Play goes on.")
    line = learner.page.get_by_test_id("status")
    assert line.evaluate("(line) => line.scrollHeight <= line.clientHeight + 1"), "a part of it cannot be read"
    stopped = learner.update
    assert stopped >= 10
    learner.play()
    learner.until("live.store.frame.step > argument + 10", stopped)
    assert learner.status == "playing"
