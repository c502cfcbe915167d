"""A class: a hundred runs that play at once on two workers. Is time shared fairly, do controls answer, what memory?"""

from __future__ import annotations

import statistics
import time
from collections.abc import Iterable

import psutil

from benchmarks.figure import report
from dlcore.engine.local import LocalEngine
from dlcore.engine.run import Run
from dlcore.specs.supervised import Supervised

RUNS = 100
SECONDS = 30.0
WAIT = 120.0


def memory() -> float:
    """Proportional memory of this process and all it has started, in MB."""
    here = psutil.Process()
    return sum(process.memory_full_info().pss for process in [here, *here.children(recursive=True)]) / 1e6


def settle(futures: Iterable[object]) -> list[dict[str, int]]:
    return [future.result(WAIT) for future in futures]  # type: ignore[attr-defined]


def latencies(runs: list[Run], seconds: float) -> list[float]:
    """Seconds until a command was acknowledged, one run after the other, ten times a second."""
    found: list[float] = []
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        run = runs[len(found) % len(runs)]
        began = time.monotonic()
        run.change({"training.learning_rate": 0.03 if len(found) % 2 else 0.031}).result(WAIT)
        found.append(time.monotonic() - began)
        time.sleep(0.1)
    return found


def main() -> None:
    with LocalEngine(2) as engine:
        engine.wait()
        first = engine.start(Supervised(), owner="first")  # its imports are nobody's memory
        settle([first.play(), first.pause(), first.stop()])
        before = memory()
        runs = [engine.start(Supervised(seed=number), owner=str(number)) for number in range(RUNS)]
        settle([run.built for run in runs])
        settle([run.play() for run in runs])
        time.sleep(2.0)
        early = [result["step"] for result in settle([run.pause() for run in runs])]
        settle([run.play() for run in runs])
        waits = latencies(runs, SECONDS)
        late = [result["step"] for result in settle([run.pause() for run in runs])]
        after = memory()
    made = [end - start for start, end in zip(early, late, strict=True)]
    fairness = min(made) / statistics.median(made)
    wait = 1000 * statistics.quantiles(waits, n=20)[-1]
    extra = (after - before) / RUNS
    report("learners: slowest run against the median's updates", fairness, "ratio", ">= 0.8", fairness >= 0.8)
    report("learners: control latency, p95", wait, "ms", "<= 250", wait <= 250)
    report("learners: extra memory a run", extra, "MB", "<= 10", extra <= 10)


if __name__ == "__main__":
    main()
