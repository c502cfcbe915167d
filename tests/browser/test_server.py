"""The server ends all its processes, however it ends; and it asks nobody else for anything."""

from __future__ import annotations

import signal
import time
from collections.abc import Callable

import pytest
from learner import Learner
from real_server import Server

pytestmark = pytest.mark.browser


@pytest.mark.parametrize(
    ("when", "how"),
    [
        ("starting", signal.SIGINT),
        ("starting", signal.SIGTERM),
        ("starting", signal.SIGKILL),
        ("running", signal.SIGTERM),
        ("running", signal.SIGKILL),
    ],
    ids=["starting-int", "starting-term", "starting-kill", "running-term", "running-kill"],
)
def test_nothing_is_left_when_the_server_stops(when: str, how: signal.Signals) -> None:
    """With SIGINT while it runs, every other server of these tests ends: `Server.close` fails if something is left."""
    server = Server()
    try:
        if when == "running":
            until = time.monotonic() + 60
            while not server.workers:
                assert time.monotonic() < until, f"no worker came; the server wrote {server.said()}"
                time.sleep(0.1)
            assert len(server.family) >= 3, "the server, its fork server and a worker at least"
        server.process.send_signal(how)
        server.process.wait(30)
        server.leave_nothing()
    finally:
        server.close()


def test_no_page_asks_another_machine(visit: Callable[..., Learner]) -> None:
    """All pages and dialogs are opened; the fixture fails at requests elsewhere and at errors."""
    learner = visit("/")
    page = learner.page
    page.get_by_role("link", name="Palmer penguins").click()
    page.wait_for_url("**/playground**")
    learner.arrive()
    assert learner.spec("data.name") == "penguins"
    for name in ("Examples", "Share", "Code"):
        learner.button(name).click()
        page.get_by_role("dialog").wait_for()
        page.keyboard.press("Escape")
        page.get_by_role("dialog").wait_for(state="hidden")
    for tab in page.locator(".ll-tab").all():
        tab.click()
    page.locator("[data-view=output_3d], .ll-plot .main-svg").first.wait_for(state="attached")
    learner.go_to("perceptron")
    learner.arrive()
    learner.until("live.store.description.lab === 'perceptron'")
    learner.play()
