"""The real server, the real engine, a real Chromium."""

from __future__ import annotations

import os
import re
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from urllib.parse import urlsplit

import psutil
import pytest
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, sync_playwright

sys.path.insert(0, str(Path(__file__).parent))  # learner.py is a plain file beside the tests

from learner import Learner

from dlcore.specs.supervised import Supervised
from ui.share import to_query

ROOT = Path(__file__).parents[2]
CHROMIUM = "/usr/bin/chromium"
ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
PROBES = re.compile(r"/(playground|perceptron)/_stcore/(health|host-config)$")


class Server:
    """`layerlab serve` on a free port, ended by its process id."""

    def __init__(self) -> None:
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = free.getsockname()[1]
        self.log = tempfile.TemporaryFile()  # noqa: SIM115  # closed with the server
        self.url = f"http://127.0.0.1:{self.port}"
        self.process = subprocess.Popen(
            [sys.executable, "-m", "layerlab", "serve", "--port", str(self.port)],
            cwd=ROOT,
            stdout=self.log,
            stderr=subprocess.STDOUT,
            start_new_session=True,  # by which all that it starts is known, also what it leaves behind
        )
        until = time.monotonic() + 60
        while time.monotonic() < until:
            try:
                with urllib.request.urlopen(f"{self.url}/_stcore/health", timeout=2) as answer:
                    if answer.status == 200:
                        return
            except (urllib.error.URLError, ConnectionError, TimeoutError):
                assert self.process.poll() is None, "the server ended at once"
                time.sleep(0.1)
        raise TimeoutError("the server did not answer within a minute")

    def said(self) -> str:
        """What the server wrote so far."""
        self.log.seek(0)
        return self.log.read().decode(errors="replace")

    @property
    def family(self) -> list[psutil.Process]:
        """The processes of the server that run: its own and all that it started."""
        return [process for process in psutil.process_iter() if self._owns(process)]

    @property
    def workers(self) -> list[psutil.Process]:
        """The processes that train: those that the server's own children started."""
        return [process for process in self.family if process.ppid() not in (self.process.pid, os.getpid())]

    def _owns(self, process: psutil.Process) -> bool:
        try:
            return os.getsid(process.pid) == self.process.pid and process.status() != psutil.STATUS_ZOMBIE
        except (ProcessLookupError, psutil.NoSuchProcess):
            return False

    def close(self) -> None:
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGINT)
        try:
            self.process.wait(20)
        except subprocess.TimeoutExpired:
            os.kill(self.process.pid, signal.SIGKILL)
            self.process.wait(10)
            raise
        finally:
            self.log.close()


@pytest.fixture(scope="session")
def server() -> Iterator[Server]:
    found = Server()
    yield found
    found.close()


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        found = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS, headless=True)
        yield found
        found.close()


@pytest.fixture
def visit(browser: Browser, server: Server) -> Iterator[Callable[..., Learner]]:
    """visit("/playground", width=1280, height=720, dark=False, context=None) -> a learner whose live view is connected.

    Fails where a page throws, logs an error, or asks any other machine for anything.
    """
    contexts: list[BrowserContext] = []
    learners: list[Learner] = []
    problems: list[str] = []

    def go(
        path: str = "/playground",
        width: int = 1280,
        height: int = 720,
        dark: bool = False,
        context: BrowserContext | None = None,
    ) -> Learner:
        if context is None:
            context = browser.new_context(
                viewport={"width": width, "height": height}, color_scheme="dark" if dark else "light"
            )
            contexts.append(context)
        page = context.new_page()
        page.on("pageerror", lambda error: problems.append(f"thrown: {error}"))
        page.on("console", lambda entry: _judge(entry, problems))
        page.on("request", lambda request: _stay_here(request.url, problems))
        page.on("websocket", lambda socket: _stay_here(socket.url, problems))
        learner = Learner(page)
        learners.append(learner)
        page.goto(server.url + path)
        if path.partition("?")[0] != "/":
            learner.arrive()
        return learner

    yield go
    for learner in learners:
        learner.rest()
    for context in contexts:
        context.close()
    assert problems == []


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
