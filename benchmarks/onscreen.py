"""What being watched costs: epochs a second with all Playground views at 10 frames a second, against nobody there."""

from __future__ import annotations

import statistics
import time
from collections.abc import Sequence

from benchmarks.dense import experiment
from benchmarks.figure import report
from dlcore.engine.local import LocalEngine
from dlcore.engine.run import Run

NETWORKS = {"2-4-2-1": (4, 2), "2-8x6-1": (8,) * 6}
FRAMES = 10.0  # a second
SECONDS = 1.0  # a measurement
ROUNDS = 15
WAIT = 30.0


def updates_a_second(run: Run, views: Sequence[str]) -> tuple[float, float]:
    """Updates and frames a second while one viewer looks at these views."""
    watch, frames = run.watch(views, FRAMES), 0
    run.play().result(WAIT)
    began, steps = time.perf_counter(), run.step_now
    while time.perf_counter() < began + SECONDS:
        time.sleep(0.02)
        watch.take()
        frames += watch.took_frame
    run.pause().result(WAIT)
    passed = time.perf_counter() - began
    watch.close()
    return (run.step_now - steps) / passed, frames / passed


def compare(units: tuple[int, ...]) -> tuple[float, float, float, float]:
    """Medians of interleaved rounds: epochs a second unwatched and watched, their ratio, frames a second.

    First the one and then the other goes ahead, so that neighbours on the machine who come and go meet both.
    """
    with LocalEngine(workers=1) as engine:
        engine.wait()
        run = engine.start(experiment(units, "sgd"), owner="benchmark")
        run.built.result(WAIT)
        views = [view["name"] for view in run.description["views"]]
        epoch = run.description["steps_an_epoch"]
        updates_a_second(run, ())
        rounds = []
        for number in range(ROUNDS):
            orders = ((), views) if number % 2 else (views, ())
            found = {bool(seen): updates_a_second(run, seen) for seen in orders}
            alone, (watched, frames) = found[False][0], found[True]
            rounds.append((alone / epoch, watched / epoch, watched / alone, frames))
    alone, watched, ratio, frames = (statistics.median(column) for column in zip(*rounds, strict=True))
    return alone, watched, ratio, frames


def main() -> None:
    for name, units in NETWORKS.items():
        alone, watched, ratio, frames = compare(units)
        title = f"onscreen: {name}, all views watched ({watched:.0f} epochs/s) against none ({alone:.0f})"
        report(title, ratio, "ratio", ">= 0.8", lambda v: v >= 0.8)
        report(f"onscreen: {name}, frames meanwhile", frames, "frames/s", ">= 9", lambda v: v >= 9)


if __name__ == "__main__":
    main()
