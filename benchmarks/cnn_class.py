"""Ten learners who all train LeNet on MNIST and watch its feature maps: do they together get on as one alone does?"""

from __future__ import annotations

import statistics
import time
from collections.abc import Sequence
from dataclasses import dataclass

import psutil

from benchmarks.figure import report
from dlcore.engine.local import LocalEngine
from dlcore.engine.run import Run
from dlcore.engine.watch import Watch
from dlcore.specs.layered import Layered

LEARNERS = 10
WORKERS = 2
RATE = 5.0  # frames a second
VIEWS = ("maps", "filters", "loss", "score")
SECONDS = 6.0  # a measurement
SETTLE = 1.0  # seconds until frames come as they will
ROUNDS = 5
WAIT = 120.0


@dataclass(frozen=True, slots=True)
class Lesson:
    """What a class got: updates a second of all together, frames a second of the median viewer, and how many cores."""

    updates: float
    frames: float
    cores: float


def lesson(engine: LocalEngine, runs: Sequence[Run]) -> Lesson:
    """Let runs train for a while, each with one viewer."""
    watches = [run.watch(VIEWS, RATE) for run in runs]
    for future in [run.play() for run in runs]:
        future.result(WAIT)
    look(watches, SETTLE)
    began, steps, spent = time.perf_counter(), sum(run.step_now for run in runs), worker_seconds(engine)
    frames = look(watches, SECONDS)
    made, seconds = sum(run.step_now for run in runs) - steps, time.perf_counter() - began
    cores = (worker_seconds(engine) - spent) / seconds
    for future in [run.pause() for run in runs]:
        future.result(WAIT)
    for watch in watches:
        watch.close()
    return Lesson(made / seconds, statistics.median(frames) / seconds, cores)


def worker_seconds(engine: LocalEngine) -> float:
    """Processor time that the workers have had."""
    times = [psutil.Process(number).cpu_times() for number in engine.processes]
    return float(sum(each.user + each.system for each in times))


def look(watches: Sequence[Watch], seconds: float) -> list[int]:
    """Take what comes for each viewer; how many frames they got."""
    frames = [0] * len(watches)
    until = time.perf_counter() + seconds
    while time.perf_counter() < until:
        time.sleep(0.02)
        for number, watch in enumerate(watches):
            watch.take()
            frames[number] += watch.took_frame
    return frames


def main() -> None:
    with LocalEngine(WORKERS) as engine:
        engine.wait(WAIT)
        runs = [engine.start(Layered(seed=number), owner=str(number)) for number in range(LEARNERS)]
        for run in runs:
            run.built.result(WAIT)
        rounds = [(lesson(engine, runs[:1]), lesson(engine, runs)) for _ in range(ROUNDS)]
    ratio = statistics.median(together.updates / alone.updates for alone, together in rounds)
    alone, together = (
        Lesson(*(statistics.median(getattr(each[at], name) for each in rounds) for name in Lesson.__slots__))
        for at in (0, 1)
    )
    # on a busy machine ten get no more of the processor than one did, yet ten times as many pictures are made
    said = (
        f"{alone.updates:.0f} updates a second alone on {alone.cores:.2f} cores, "
        f"{together.updates:.0f} of all on {together.cores:.2f}"
    )
    report(f"cnn-class: throughput of {LEARNERS} against one alone ({said})", ratio, "ratio", ">= 0.8", ratio >= 0.8)
    frames = together.frames
    report("cnn-class: frames that the median viewer of ten gets", frames, "frames/s", ">= 4", frames >= 4)


if __name__ == "__main__":
    main()
