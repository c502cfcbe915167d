"""What a server forgets: a run that nobody watches falls asleep, and uploads go with whoever brought them."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from learner import PATIENCE, Learner
from playwright.sync_api import BrowserContext, Page
from real_server import Server

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where the server keeps uploads."""
    return tmp_path_factory.mktemp("server")


@pytest.fixture(scope="module")
def server(folder: Path) -> Iterator[Server]:
    """A server that loses patience after a second; `visit` goes there."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("TMPDIR", str(folder))
        patch.setenv("LAYERLAB_UPLOADS_AWAY", "1")
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


def test_data_go_with_the_visit_and_with_the_server(profile: BrowserContext, server: Server, folder: Path) -> None:
    page = bring_penguins(profile, server)
    stays = kept(folder)
    assert len(stays) == 1
    profile.clear_cookies()  # what makes whoever comes next somebody else
    visitor = bring_penguins(profile, server)
    assert len(kept(folder)) == 2
    visitor.close()
    until = time.monotonic() + 30
    while len(kept(folder)) == 2 and time.monotonic() < until:
        time.sleep(0.1)
    assert kept(folder) == stays, "they outlived the visit, or an open page, there for longer, did not keep its data"
    page.close()
    server.close()
    assert list(folder.glob("layerlab-uploads-*")) == [], "they outlived the server"


def bring_penguins(profile: BrowserContext, server: Server) -> Page:
    """Open a page and take a table there."""
    page = profile.new_page()
    page.set_default_timeout(PATIENCE)
    page.goto(f"{server.url}/data?section=own")
    for name in ("Penguins, as written down", "Use this table"):
        page.get_by_role("button", name=name, exact=True).click()
    page.get_by_text("241 rows to learn from").wait_for()
    return page


def kept(folder: Path) -> set[Path]:
    return set(folder.glob("layerlab-uploads-*/*/values.npy"))
