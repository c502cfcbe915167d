"""Epochs a second: our training step against a plain PyTorch loop, and with all views watched against none."""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable

import torch
from torch import nn

from benchmarks.figure import report
from dlcore.engine.local import LocalEngine
from dlcore.engine.run import Run
from dlcore.examples import example
from dlcore.labs.supervised import SupervisedLab
from dlcore.specs.supervised import Supervised

ROUNDS = 40
EPOCHS = 4  # a round
SECONDS = 2.0  # a measurement in the engine


def plain_loop(spec: Supervised) -> Callable[[int], None]:
    """The same experiment written by hand, as a tutorial would."""
    lab = SupervisedLab(spec)  # for the data only
    x, y = lab.x_train, lab.targets_train
    layers: list[nn.Module] = []
    width = x.shape[1]
    for layer in spec.network.layers:
        layers += [nn.Linear(width, layer.units), nn.Tanh()]
        width = layer.units
    network = nn.Sequential(*layers, nn.Linear(width, 1))
    loss_function = nn.BCEWithLogitsLoss()
    optimizer = torch.optim.SGD(network.parameters(), lr=spec.training.learning_rate)
    size = int(spec.training.batch_size)

    def train(epochs: int) -> None:
        for _ in range(epochs):
            for chosen in torch.split(torch.randperm(len(x)), size):
                loss = loss_function(network(x[chosen]), y[chosen])
                optimizer.zero_grad()
                loss.backward()
                optimizer.step()

    return train


def our_loop(spec: Supervised) -> Callable[[int], None]:
    """The step of the supervised lab, as a worker calls it."""
    lab = SupervisedLab(spec)

    def train(epochs: int) -> None:
        for _ in range(epochs * lab.steps_an_epoch):
            lab.step()
            lab.finished()

    return train


def overhead() -> float:
    """Our time for an epoch over that of the plain loop, minus 1: the median of interleaved rounds.

    Processor time of the one thread, so that other programs do not count; short rounds, first the one and then the
    other ahead, so that a clock that changes its speed meets both.
    """
    torch.set_num_threads(1)
    spec = example("circle").spec.replace({"training.epochs": None, "training.optimizer": "sgd"})
    assert isinstance(spec, Supervised)
    plain, ours = plain_loop(spec.exact()), our_loop(spec.exact())  # both by autograd
    plain(20)
    ours(20)
    ratios = []
    for number in range(ROUNDS):
        times = {}
        for train in (plain, ours) if number % 2 else (ours, plain):
            began = time.thread_time()
            train(EPOCHS)
            times[train] = time.thread_time() - began
        ratios.append(times[ours] / times[plain])
    return statistics.median(ratios) - 1


def watched() -> float:
    """Epochs a second with every view watched at 20 frames a second, over those with no viewer: median of rounds."""
    with LocalEngine(workers=1) as engine:
        engine.wait()
        run = engine.start(example("circle").spec.replace({"training.epochs": None}), owner="benchmark")
        run.built.result(30)
        views = [view["name"] for view in run.description["views"]]
        updates_a_second(run, [])
        ratios = []
        for _ in range(7):
            none = updates_a_second(run, [])
            ratios.append(updates_a_second(run, views) / none)
        return statistics.median(ratios)


def updates_a_second(run: Run, views: list[str]) -> float:
    """How fast a run is while one viewer looks at these views."""
    watch = run.watch(views, 20.0)
    run.play().result(10)
    began, steps = time.perf_counter(), run.step_now
    while time.perf_counter() < began + SECONDS:
        time.sleep(0.02)
        watch.take()
    run.pause().result(10)
    rate = (run.step_now - steps) / (time.perf_counter() - began)
    watch.close()
    return rate


def main() -> None:
    report("epochs: overhead over a plain PyTorch loop", overhead(), "ratio - 1", "<= 0.10", lambda v: v <= 0.10)
    report("epochs: all views watched against none", watched(), "ratio", ">= 0.7", lambda v: v >= 0.7)
