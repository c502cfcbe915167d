"""A graphics card: updates recorded as CUDA graphs against the same operations started one by one."""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable
from contextlib import ExitStack
from unittest.mock import patch

import torch

from benchmarks.dense import NETWORKS, experiment
from benchmarks.figure import absent, report
from dlcore.labs.registry import make_lab
from dlcore.networks.starting_points import STARTING_POINTS
from dlcore.specs.layered import Layered
from dlcore.specs.supervised import Supervised
from dlcore.training.graphed import WARM_UP
from dlcore.training.rows import find

ROUNDS = 7
UPDATES = 200  # a round
LEAST = {"dense": 3.0, "LeNet": 3.0, "small ResNet": 1.0}
CHOICE = ("dlcore.labs.trainers.recorder_for", "dlcore.dense.together.recorder_for")  # who asks what to record with


def experiments(device: str = "cuda") -> dict[str, Supervised | Layered]:
    """The networks that are compared."""
    dense = experiment(NETWORKS["2-4-2-1"], "adam").replace({"training.step": "auto", "training.device": device})
    lenet = Layered().replace({"training.device": device})
    resnet = lenet.replace({"layers": find(STARTING_POINTS, "small_resnet", "network").layers})
    return dict(zip(LEAST, (dense, lenet, resnet), strict=True))


def stepper(spec: Supervised | Layered, *, recorded: bool) -> Callable[[int], float]:
    """A fresh run, whose batches of all sizes have come often enough; makes updates and gives the seconds of one."""
    with ExitStack() as patches:
        for name in () if recorded else CHOICE:
            patches.enter_context(patch(name, _nothing))
        lab = make_lab(spec)
        lab.step()

    def seconds(updates: int) -> float:
        _finish()
        began = time.perf_counter()
        for _ in range(updates):
            lab.step()
        _finish()
        return (time.perf_counter() - began) / updates

    seconds((WARM_UP + 1) * lab.steps_an_epoch)
    return seconds


def compare(spec: Supervised | Layered, updates: int = UPDATES) -> tuple[float, float, float]:
    """How many times as fast a recording is, and the microseconds of an update recorded and as it is: medians."""
    recorded, as_it_is = stepper(spec, recorded=True), stepper(spec, recorded=False)
    rounds = [(recorded(updates), as_it_is(updates)) for _ in range(ROUNDS)]
    quick, slow = (1e6 * statistics.median(times) for times in zip(*rounds, strict=True))
    return statistics.median(b / a for a, b in rounds), quick, slow


def _nothing(device: torch.device) -> None:
    return None


def _finish() -> None:
    if torch.cuda.is_available():
        torch.cuda.synchronize()


def main() -> None:
    if not torch.cuda.is_available():
        targets = ", ".join(f"{name} >= {least:g}" for name, least in LEAST.items())
        absent("cuda: updates recorded against started one by one", targets, "no GPU here")
        return
    for name, spec in experiments().items():
        least = LEAST[name]
        ratio, quick, slow = compare(spec)
        title = f"cuda: {name}, recorded ({quick:.0f} us an update) against started one by one ({slow:.0f} us)"
        report(title, ratio, "times", f">= {least:g}", ratio >= least)


if __name__ == "__main__":
    main()
