"""A class on one small server: everybody trains and watches, some click through pages. Who has to wait, and how long?

The learners are another process, and draw nothing: in a class each has a browser on a computer of their own.
"""

from __future__ import annotations

import asyncio
import json
import statistics
import subprocess
import sys
from contextlib import suppress
from typing import Any

from benchmarks.figure import report
from benchmarks.learner import Learner
from benchmarks.networks import draw_networks
from benchmarks.server import ROOT, Server, served
from dlcore.examples import example
from dlcore.specs.supervised import Supervised

CLASS, CROWD = 30, 100
TOURISTS = 5  # of them click through pages
SECONDS = 15.0
SETTLE = 4.0  # seconds until all have had their first frames
DOORS = 5  # learners who arrive at the same time


def specs_of(kind: str) -> list[Supervised]:
    """What each learner trains: "same" and "different" are classes of 30, "hundred" is 100 different networks."""
    if kind == "same":
        circle = example("circle").spec.replace({"training.epochs": None})
        found = [circle.replace({"seed": seed}) for seed in range(CLASS)]
        return [spec for spec in found if isinstance(spec, Supervised)]
    return draw_networks(CLASS if kind == "different" else CROWD)


# The learners: another process, so that their work is not taken for the server's


async def attend(url: str, kind: str) -> None:
    """Print "begin" when all train, then what happened to whom; leave at the end of stdin."""
    learners = [Learner(number, spec) for number, spec in enumerate(specs_of(kind))]
    doors = asyncio.Semaphore(DOORS)
    tasks: list[asyncio.Task[None]] = []

    async def enter(learner: Learner) -> None:
        async with doors:
            await learner.arrive(url)
        tasks.append(asyncio.create_task(learner.watch()))
        await learner.command(do="play")

    await asyncio.gather(*map(enter, learners))
    tasks += [asyncio.create_task(learner.try_things()) for learner in learners]
    tasks += [asyncio.create_task(learner.look_around()) for learner in learners[:TOURISTS]]
    await asyncio.sleep(SETTLE)
    for learner in learners:
        learner.forget()
    print("begin", flush=True)
    await asyncio.sleep(SECONDS)
    broken = [str(task.exception()) for task in tasks if task.done() and task.exception()]
    found = {
        "epochs": [learner.epochs_a_second() for learner in learners],
        "frames": [(len(learner.frames) - 1) / SECONDS for learner in learners],
        "answers": [seconds for learner in learners for seconds in learner.answers],
        "pages": [seconds for learner in learners for seconds in learner.pages],
        "problems": [problem for learner in learners for problem in learner.problems] + broken,
    }
    print(json.dumps(found), flush=True)
    await asyncio.to_thread(sys.stdin.read)
    for task in tasks:
        task.cancel()
    for learner in learners:
        with suppress(OSError):
            await learner.leave()


def learners() -> None:
    """The other process: the address and the kind of class come on stdin."""
    url, kind = sys.stdin.readline().split()
    asyncio.run(attend(url, kind))


# The measurement


def lesson(server: Server, kind: str) -> dict[str, Any]:
    """What a class of learners found, the server's memory before and with them in MB, and its processor time."""
    before = server.memory()
    command = [sys.executable, "-c", "from benchmarks.classroom import learners; learners()"]
    with subprocess.Popen(command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as child:
        assert child.stdin is not None and child.stdout is not None
        child.stdin.write(f"{server.url} {kind}\n")
        child.stdin.flush()
        if child.stdout.readline() != "begin\n":
            raise RuntimeError("class: expected all learners to train; they ended before")
        web, workers = server.cpu_seconds(), server.worker_seconds()
        found: dict[str, Any] = json.loads(child.stdout.readline())
        found["web"] = (server.cpu_seconds() - web) / SECONDS
        found["workers"] = (server.worker_seconds() - workers) / SECONDS
        found["memory"], found["before"] = server.memory(), before
        child.stdin.close()
    return found


def p95(seconds: list[float]) -> float:
    """Milliseconds that 95 % stay below."""
    return 1000 * statistics.quantiles(seconds, n=20)[-1]


def measure(kind: str, title: str, least: float | None) -> None:
    """Print the figures of one class on a server of its own; every learner needs `least` epochs a second.

    None: they need to get on at all, and the times to wait are only said.
    """
    with served() as server:
        found = lesson(server, kind)
    slowest, median = min(found["epochs"]), statistics.median(found["epochs"])
    answer, page, failures = p95(found["answers"]), p95(found["pages"]), len(found["problems"])
    for problem in sorted(set(found["problems"])):
        print(problem, file=sys.stderr)
    target, reached = ("> 0", slowest > 0) if least is None else (f">= {least:g}", slowest >= least)
    report(f"{title}: slowest learner", slowest, "epochs/s", target, reached)
    report(f"{title}: slowest learner against the median", slowest / median, "ratio", "said", True)
    for name, wait, most in (("control latency", answer, 250), ("click to page", page, 500)):
        said = least is None
        report(f"{title}: {name}, p95", wait, "ms", "said" if said else f"<= {most}", said or wait <= most)
    report(f"{title}: frames a median learner gets", statistics.median(found["frames"]), "frames/s", "said", True)
    report(f"{title}: processor time of the web process", found["web"], "cores", "said", True)
    report(f"{title}: processor time of the workers", found["workers"], "cores", "said", True)
    report(f"{title}: failures", failures, "failures", "= 0", failures == 0)
    extra = (found["memory"] - found["before"]) / len(found["epochs"])
    report(f"{title}: memory of the server", found["memory"], "MB", "said", True)
    report(f"{title}: memory a learner", extra, "MB", "said", True)


def main() -> None:
    """Print the figures of three classes."""
    measure("same", "class of 30, one network", 30.0)
    measure("different", "class of 30, all different", 10.0)
    measure("hundred", "100 learners, all different", None)


if __name__ == "__main__":
    main()
