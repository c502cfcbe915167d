"""The dense fast path against the textbook step: one network, and 32 of one shape in one stack."""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable

import torch

from benchmarks.figure import report
from dlcore.dense.replica import make_replica
from dlcore.dense.stack import DenseStack
from dlcore.labs.supervised import SupervisedLab
from dlcore.specs.supervised import Supervised

ROUNDS = 11
TEXTBOOK, ALONE, TOGETHER = 75, 300, 100  # updates a round: 3, 12 and 4 epochs
REPLICAS = 32
NETWORKS = {"2-4-2-1": (4, 2), "2-8-8-1": (8, 8), "2-8x6-1": (8,) * 6}
OPTIMIZERS = ("sgd", "adam")


def experiment(units: tuple[int, ...], optimizer: str, seed: int = 0) -> Supervised:
    """The circle with 250 training samples, tanh, batches of 10."""
    layers = [{"kind": "dense", "units": n, "activation": "tanh"} for n in units]
    return Supervised.parse(
        {
            "data": {"kind": "generated", "name": "circle", "samples": 500},
            "network": {"layers": layers},
            "training": {"optimizer": optimizer, "batch_size": 10, "step": "textbook"},
            "seed": seed,
        }
    )


def stack_of(spec: Supervised, replicas: int) -> DenseStack:
    """So many runs of one experiment, each with a seed of its own."""
    stack: DenseStack | None = None
    for seed in range(replicas):
        lab = SupervisedLab(spec.replace({"seed": seed}))
        replica = make_replica(spec, lab.network, lab.x_train, lab.targets_train, torch.get_rng_state())
        stack = stack or DenseStack(replica.shape)
        stack.put(replica)
    assert stack is not None
    return stack


def seconds(step: Callable[[], object], updates: int) -> float:
    """Time of one update."""
    began = time.perf_counter()
    for _ in range(updates):
        step()
    return (time.perf_counter() - began) / updates


def compare(units: tuple[int, ...], optimizer: str) -> tuple[float, float, list[float]]:
    """Network-updates a second over the textbook's, alone and of 32 together, and the three times: medians."""
    spec = experiment(units, optimizer)
    steps = (SupervisedLab(spec).step, stack_of(spec, 1).step, stack_of(spec, REPLICAS).step)
    updates = (TEXTBOOK, ALONE, TOGETHER)
    for step in steps:
        seconds(step, 30)
    rounds = [[seconds(step, n) for step, n in zip(steps, updates, strict=True)] for _ in range(ROUNDS)]
    alone = statistics.median(textbook / dense for textbook, dense, _ in rounds)
    together = statistics.median(REPLICAS * textbook / dense for textbook, _, dense in rounds)
    return alone, together, [statistics.median(times) for times in zip(*rounds, strict=True)]


def main() -> None:
    torch.set_num_threads(1)
    for name, units in NETWORKS.items():
        for optimizer in OPTIMIZERS:
            alone, together, times = compare(units, optimizer)
            spent = "{:.0f} us an update textbook, {:.0f} dense, {:.0f} for 32".format(*(1e6 * t for t in times))
            title = f"dense: {name}, {optimizer}, batch 10"
            report(f"{title}, alone ({spent})", alone, "times the textbook step", ">= 5", lambda v: v >= 5)
            least = 50.0 if units == NETWORKS["2-4-2-1"] else 0.0
            report(
                f"{title}, {REPLICAS} together",
                together,
                "times the textbook's network-epochs a second",
                f">= {least:g}",
                together >= least,
            )
