"""One Chromium for all live view tests, and a fresh fake server and page for each.

Opens pages with `visit(harness, **query)`; a page that logged an error or threw fails its test.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

sys.path.insert(0, str(Path(__file__).parent))  # the harness is a plain file beside the tests

from harness import Harness

from tests.chromium import chromium


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    with chromium() as found:
        yield found


@pytest.fixture
def harness() -> Iterator[Harness]:
    with Harness() as server:
        yield server


@pytest.fixture(scope="module")
def module(browser: Any) -> Iterator[Callable[..., Any]]:
    """module("module.js", "expression over m and a", a) -> what a module that draws nothing gives, as plain JSON."""
    with Harness() as server:
        context = browser.new_context()
        page = context.new_page()
        page.goto(server.url + "live/js/dev/format.js")

        def go(name: str, expression: str, argument: Any = None) -> Any:
            script = f"""async (a) => {{ const m = await import("./{name}");
              try {{ return JSON.stringify(await ({expression})); }}
              catch (error) {{ return JSON.stringify("error: " + error.message); }} }}"""
            return json.loads(page.evaluate(script, argument) or "null")

        yield go
        context.close()


@pytest.fixture
def visit(browser: Any, harness: Harness) -> Iterator[Callable[..., Any]]:
    """visit(width=950, height=640, layout={...}, dark=True, hidden="play") -> a page that shows the live view."""
    contexts, errors = [], []

    def go(width: int = 950, height: int = 640, wait: bool = True, **query: Any) -> Any:
        context = browser.new_context(viewport={"width": width, "height": height})
        contexts.append(context)
        page = context.new_page()
        page.on("pageerror", lambda error: errors.append(str(error)))
        page.on("console", lambda entry: errors.append(entry.text) if entry.type == "error" else None)
        words = [
            f"{k}={json.dumps(v) if isinstance(v, dict) else v}" for k, v in query.items() if v not in (False, None)
        ]
        page.goto(harness.url + ("?" + "&".join(words) if words else ""))
        if wait:
            page.wait_for_selector(".ll-root[data-connection=open]")
        page.errors = errors
        return page

    yield go
    for context in contexts:
        context.close()
    # A lost connection is logged by the browser itself; tests about it ask for it.
    assert [text for text in errors if "WebSocket" not in text] == []
