"""One Chromium, one profile and one fake server for all live view tests, and a fresh run and document for each.

Opens pages with `tab()` or `visit(**query)`; a page that logged an error or threw fails its test.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page

sys.path.insert(0, str(Path(__file__).parent))  # the harness is a plain file beside the tests

from harness import Harness

from tests.chromium import chromium

Tab = Callable[..., Page]


@pytest.fixture(scope="package")  # no longer: while it is open, no other test can start an event loop
def browser() -> Iterator[Browser]:
    with chromium() as found:
        yield found


@pytest.fixture(scope="package")
def server() -> Iterator[Harness]:
    with Harness(cached=True) as found:
        yield found


@pytest.fixture(scope="package")
def profile(browser: Browser) -> Iterator[BrowserContext]:
    """A browser's profile that has read the scripts already; the live view itself keeps nothing in it."""
    context = browser.new_context(reduced_motion="reduce")  # to draw what only pleases the eye takes time
    yield context
    context.close()


@pytest.fixture
def harness(server: Harness) -> Iterator[Harness]:
    """The server with a run of its own, that nobody has looked at yet."""
    server.begin()
    yield server
    server.end()


@dataclass
class Tabs:
    """Pages to be used again, and what went wrong on them: `problems` since the last `clear()`, none of it wanted."""

    profile: BrowserContext
    free: list[Page] = field(default_factory=list)
    problems: list[str] = field(default_factory=list)

    def take(self) -> Page:
        """A page that shows nothing: one that was used before, for another process costs more than most tests."""
        page = self.free.pop() if self.free else self.watch(self.profile.new_page())
        page.bring_to_front()  # one that lies behind another draws once a second
        return page

    def watch(self, page: Page) -> Page:
        page.on("pageerror", lambda error: self.problems.append(str(error)))
        page.on("console", lambda said: self.problems.append(said.text) if said.type == "error" else None)
        return page

    def give_back(self, page: Page) -> None:
        page.mouse.move(-1, -1)  # where it lies over nothing
        page.goto("about:blank")
        page.unroute_all()
        page.set_default_timeout(30_000)
        self.free.append(page)


@pytest.fixture(scope="package")
def tabs(profile: BrowserContext) -> Tabs:
    return Tabs(profile)


@pytest.fixture
def tab(browser: Browser, tabs: Tabs, harness: Harness) -> Iterator[Tab]:
    """tab(width, height) -> an empty page of the profile, or one of a profile of its own where it has `options`."""
    tabs.problems.clear()
    ours: list[Page] = []
    others: list[Page] = []

    def go(width: int = 1280, height: int = 720, **options: Any) -> Page:
        if options:
            others.append(page := tabs.watch(browser.new_page(**options)))
        else:
            ours.append(page := tabs.take())
        page.set_viewport_size({"width": width, "height": height})
        return page

    yield go
    for page in others:
        page.close()
    for page in ours:
        tabs.give_back(page)
    # A lost connection is logged by the browser itself
    assert [text for text in tabs.problems if "WebSocket" not in text] == []


@pytest.fixture(scope="module")
def module(server: Harness, profile: BrowserContext) -> Iterator[Callable[..., Any]]:
    """module("module.js", "expression over m and a", a) -> what a module that draws nothing gives, as plain JSON."""
    page = profile.new_page()
    page.goto(server.url + "live/js/dev/format.js")

    def go(name: str, expression: str, argument: Any = None) -> Any:
        script = f"""async (a) => {{ const m = await import("./{name}");
          try {{ return JSON.stringify(await ({expression})); }}
          catch (error) {{ return JSON.stringify("error: " + error.message); }} }}"""
        return json.loads(page.evaluate(script, argument) or "null")

    yield go
    page.close()


@pytest.fixture
def visit(tab: Tab, tabs: Tabs, harness: Harness) -> Callable[..., Any]:
    """visit(width=950, height=640, layout={...}, dark=True, hidden="play") -> a page that shows the live view."""

    def go(width: int = 950, height: int = 640, wait: bool = True, **query: Any) -> Any:
        page: Any = tab(width, height)
        words = [
            f"{k}={json.dumps(v) if isinstance(v, dict) else v}" for k, v in query.items() if v not in (False, None)
        ]
        page.goto(harness.url + ("?" + "&".join(words) if words else ""))
        if wait:
            page.wait_for_selector(".ll-root[data-connection=open]")
        page.errors = tabs.problems
        return page

    return go
