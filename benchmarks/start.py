"""Starting: the server, the first page in a browser, a run after Play."""

from __future__ import annotations

import shutil
import statistics
import subprocess
import threading
import time

from benchmarks.browser import chromium, drawn_network, projector
from benchmarks.figure import report
from benchmarks.server import ROOT, served
from dlcore.engine.run import Run
from dlcore.engine.watch import Watch
from dlcore.examples import example
from ui.engine import start_engine, stop_engine

STARTS, LOADS, RUNS = 3, 3, 30
VIEWS = ("network", "output", "loss", "score")  # what the Playground shows at first
WAIT = 30.0


def server_starts() -> list[float]:
    """Seconds from `layerlab serve` to the first answer, without the very first start, which compiles modules."""
    found = []
    for _ in range(1 + STARTS):
        with served() as server:
            found.append(server.seconds)
    return found[1:]


def make_decides() -> float:
    """Seconds that `make run` takes to see that everything is installed; 0 where there is no make."""
    make = shutil.which("make")
    if make is None:
        return 0.0
    began = time.perf_counter()
    subprocess.run([make, "--dry-run", "--old-file=.venv/run", "run"], cwd=ROOT, check=True, stdout=subprocess.DEVNULL)
    return time.perf_counter() - began


def first_loads() -> list[float]:
    """Seconds from the address to a drawn network, each in a browser with an empty profile."""
    found = []
    with served() as server:
        for _ in range(1 + LOADS):  # the first visitor warms the server
            with chromium() as browser:
                page = projector(browser)
                page.goto(f"{server.url}/playground", wait_until="commit")
                found.append(drawn_network(page) / 1000)
    return found[1:]


class Viewer:
    """One who takes every message at once, as the live route does."""

    def __init__(self, run: Run) -> None:
        self.news = threading.Event()
        self.watch: Watch = run.watch(VIEWS, 20.0, self.news.set)

    def next_frame(self) -> None:
        """Wait for a message that holds a frame. Raises: TimeoutError: none came."""
        until = time.monotonic() + WAIT
        while time.monotonic() < until:
            self.watch.take()
            if self.watch.took_frame:
                return
            self.news.wait(0.05)  # a frame that was not due yet wakes nobody again
            self.news.clear()
        raise TimeoutError(f"frame: expected one within {WAIT:g} s")


def run_starts() -> tuple[list[float], list[float]]:
    """Milliseconds from `engine.start` to the first frame, and from Play to a frame of a network that has trained.

    The engine is the app's own, so the figures of a run's description are built too.
    """
    engine = start_engine()
    shown, moving = [], []
    try:
        engine.wait()
        for number in range(3 + RUNS):
            began = time.perf_counter()
            run = engine.start(example("circle").spec.replace({"seed": number}), owner=f"learner {number}")
            viewer = Viewer(run)
            viewer.next_frame()
            shown.append(1000 * (time.perf_counter() - began))
            time.sleep(0.05)
            began = time.perf_counter()
            run.play()
            while run.step_now == 0:
                viewer.next_frame()
            moving.append(1000 * (time.perf_counter() - began))
            viewer.watch.close()
            run.stop().result(WAIT)
    finally:
        stop_engine()
    return shown[3:], moving[3:]


def p95(values: list[float]) -> float:
    """The value that 95 % stay below."""
    return statistics.quantiles(values, n=20)[-1]


def main() -> None:
    """Print the five figures."""
    answer = statistics.median(server_starts())
    report("start: `layerlab serve` to the first answer", answer, "s", "<= 3", answer <= 3)
    again = answer + make_decides()
    report("start: a second `make run` to the first answer", again, "s", "< 5", again < 5)
    load = statistics.median(first_loads())
    report("start: first load of the Playground to a drawn network", load, "s", "<= 3", load <= 3)
    shown, moving = (p95(waits) for waits in run_starts())
    report("start: a new run to its first frame, p95", shown, "ms", "<= 150", shown <= 150)
    report("start: Play to the first frame of a trained network, p95", moving, "ms", "<= 150", moving <= 150)


if __name__ == "__main__":
    main()
