"""The real server, the real engine, a real Chromium."""

from __future__ import annotations

import re
import sys
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page

sys.path.insert(0, str(Path(__file__).parent))  # learner.py and real_server.py are plain files beside the tests

from learner import Learner
from real_server import Server

from dlcore.examples import example
from dlcore.specs.supervised import Supervised
from tests.chromium import profiled
from ui.share import to_query

SEEN = 3000  # characters of a page, and of the server's log, that a failed test shows
PROBES = re.compile(r"/[a-z]+/_stcore/(health|host-config)$")
# the Playground's default experiment without its last epoch, which comes within seconds where the machine is quiet
ENDLESS = "/playground?" + to_query(example("circle").spec.replace({"training.epochs": None}))


@pytest.fixture(scope="session")
def server() -> Iterator[Server]:
    found = Server()
    yield found
    found.close()


@pytest.fixture(scope="package")  # no longer: while it is open, no other test can start an event loop
def profile(tmp_path_factory: pytest.TempPathFactory) -> Iterator[BrowserContext]:
    """A browser's profile that knows the app's scripts already: to read them anew takes seconds, test for test."""
    with profiled(tmp_path_factory.mktemp("chromium")) as context:
        yield context


@pytest.fixture(scope="package")
def browser(profile: BrowserContext) -> Browser:
    """The browser, for who needs another profile than the usual one."""
    assert profile.browser is not None
    return profile.browser


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Iterator[None]:
    """A failed test tells what was on its pages then."""
    report = yield
    if report.when == "call" and report.failed:
        for given in getattr(item, "funcargs", {}).values():
            visits = getattr(given, "__self__", None)
            if isinstance(visits, Visits):
                report.sections.append(("What the pages showed and the server wrote", visits.seen()))
    return report


class Visits:
    """Who came, one after the other; what went wrong on their pages."""

    def __init__(self, browser: Browser, profile: BrowserContext, server: Server, free: list[Page]) -> None:
        self.browser, self.profile, self.server, self.free = browser, profile, server, free
        self.contexts: list[BrowserContext] = []
        self.learners: list[Learner] = []
        self.problems: list[str] = []
        self._listeners: tuple[tuple[Any, Callable[[Any], None]], ...] = (
            ("pageerror", lambda error: self.problems.append(f"thrown: {error}")),
            ("console", lambda entry: _judge(entry, self.problems)),
            ("request", lambda request: _stay_here(request.url, self.problems)),
            ("websocket", lambda socket: _stay_here(socket.url, self.problems)),
        )

    def go(
        self,
        path: str = ENDLESS,
        width: int = 1280,
        height: int = 720,
        dark: bool = False,
        context: BrowserContext | None = None,
        lab: bool = True,
        still: bool = True,
    ) -> Learner:
        if context is None and not self.learners:
            context = self.profile
        elif context is None:
            context = self.browser.new_context()
            self.contexts.append(context)
        page = self.free.pop() if self.free and context is self.profile else context.new_page()
        page.bring_to_front()  # one that lies behind another draws once a second
        page.set_viewport_size({"width": width, "height": height})
        # what moves for the look of it alone is drawn sixty times a second: a tenth of all that Chromium does here
        page.emulate_media(
            color_scheme="dark" if dark else "light", reduced_motion="reduce" if still else "no-preference"
        )
        for event, listener in self._listeners:
            page.on(event, listener)
        learner = Learner(page)
        self.learners.append(learner)
        page.goto(self.server.url + path)
        if lab and path.partition("?")[0] != "/":
            learner.arrive()
        return learner

    def stay(self, path: str) -> Learner:
        """Somebody comes and keeps the page open for the tests that follow."""
        return self.go(path, context=self.profile, still=False)

    def seen(self) -> str:
        """What the open pages show, and what the server wrote: where to look when a test fails elsewhere."""
        pages = [learner.page for learner in self.learners if not learner.page.is_closed()]
        texts = [f"{page.url}\n{page.evaluate('document.body.innerText')[:SEEN]}" for page in pages]
        return "\n\n".join((*texts, "\n".join(self.problems), self.server.said()[-SEEN:]))

    def end(self) -> None:
        for learner in self.learners:
            learner.rest()
        for context in self.contexts:
            context.close()
        for page in self.profile.pages:
            if page.url.startswith(self.server.url):
                page.evaluate("() => { localStorage.clear(); sessionStorage.clear(); }")
                self._leave(page)

    def _leave(self, page: Page) -> None:
        """Close a page, or keep one for who comes next: it has the scripts at hand, which saves a second."""
        if self.free or page not in [learner.page for learner in self.learners]:
            page.close()
            return
        page.mouse.move(-1, -1)  # where it lies over nothing
        page.goto("about:blank")
        for event, listener in self._listeners:
            page.remove_listener(event, listener)
        self.free.append(page)


@pytest.fixture(scope="package")
def free() -> list[Page]:
    """Empty pages of the usual profile."""
    return []


@pytest.fixture
def visit(
    browser: Browser, profile: BrowserContext, server: Server, free: list[Page]
) -> Iterator[Callable[..., Learner]]:
    """visit(ENDLESS, width=1280, height=720, dark=False, context=None) -> a learner whose live view is connected.

    `lab=False`: nothing trains there, or not at first, so there is no live view to wait for. Each visit of a test is
    somebody else's, but in a `context` that is given.
    Fails where a page throws, logs an error, or asks any other machine for anything.
    """
    visits = Visits(browser, profile, server, free)
    yield visits.go
    visits.end()
    profile.clear_cookies()  # the next one is somebody else
    assert visits.problems == []


@pytest.fixture(scope="module")
def stay(browser: Browser, server: Server) -> Iterator[Callable[[str], Learner]]:
    """stay(path) -> a learner whose page stays open until the module's tests are over, for tests that only look.

    Fails, after the last of them, where `visit` fails.
    """
    context = browser.new_context()
    visits = Visits(browser, context, server, [])
    yield visits.stay
    visits.end()
    context.close()
    assert visits.problems == []


def _judge(entry: ConsoleMessage, problems: list[str]) -> None:
    # Streamlit itself looks for its health page below the page's own address first, which is not there
    if entry.type == "error" and not PROBES.search(entry.location["url"]):
        problems.append(f"logged: {entry.text} ({entry.location['url']})")


def _stay_here(url: str, problems: list[str]) -> None:
    parts = urlsplit(url)
    if parts.scheme in ("http", "https", "ws", "wss") and parts.hostname != "127.0.0.1":
        problems.append(f"asked another machine: {url}")


@pytest.fixture(scope="session")
def link() -> Callable[..., str]:
    """link({path: value}, hidden=["share"]) -> the address of a Playground with this experiment."""

    def make(changes: dict[str, object], hidden: Iterable[str] = ()) -> str:
        return "/playground?" + to_query(Supervised().replace(changes), frozenset(hidden))

    return make
