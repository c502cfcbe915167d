"""Images a second of the CNN lab: against a plain PyTorch loop, and with its feature maps watched.

The network is LeNet-5 on the digits of MNIST, float32, one thread. The plain loop is what a student would write: the
data as one tensor, `randperm`, an `nn.Sequential`, Adam, cross-entropy, `loss.item()` after every update, as everybody
does to see whether it learns. In memory its images and weights lie channels-last, as the lab's do, so that it is not
the layout that is measured; against PyTorch's usual layout the figure is said, too.
"""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable, Sequence

import torch
from torch import nn

from benchmarks.cnn_class import worker_seconds
from benchmarks.figure import report
from dlcore.engine.frame import encode
from dlcore.engine.local import LocalEngine
from dlcore.engine.run import Run
from dlcore.labs.layered import LayeredLab
from dlcore.specs.layered import Layered

ROUNDS = 31
UPDATES = 12  # a turn
WATCHED = 40  # rounds with pictures
TURNS = 5  # with and without a viewer, in a worker
SECONDS = 3.0  # a turn
RATE = 10.0  # frames a second that a viewer of the maps gets
Train = Callable[[int], None]


def lenet() -> nn.Sequential:
    """The layers of the starting point "lenet5", written by hand."""
    return nn.Sequential(
        *(nn.Conv2d(1, 6, 5, padding="same"), nn.Tanh(), nn.AvgPool2d(2)),
        *(nn.Conv2d(6, 16, 5), nn.Tanh(), nn.AvgPool2d(2)),
        *(nn.Flatten(), nn.Linear(400, 120), nn.Tanh(), nn.Linear(120, 84), nn.Tanh(), nn.Linear(84, 10)),
    )


def plain_loop(lab: LayeredLab, *, channels_last: bool) -> Train:
    """The lab's experiment by hand; of the lab it takes the data alone."""
    layout = torch.channels_last if channels_last else torch.contiguous_format
    x, y = lab.x_train.contiguous(memory_format=layout), lab.y_train
    network = lenet().to(memory_format=layout)  # type: ignore[call-overload]  # declared with more arguments
    loss_function = nn.CrossEntropyLoss()
    optimizer = torch.optim.Adam(network.parameters(), lr=lab.spec.training.learning_rate)
    size = int(lab.spec.training.batch_size)
    left: list[torch.Tensor] = []
    losses: list[float] = []

    def train(updates: int) -> None:
        for _ in range(updates):
            if not left:
                left.extend(torch.split(torch.randperm(len(x)), size))
            chosen = left.pop()
            loss = loss_function(network(x[chosen]), y[chosen])
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
            losses.append(loss.item())

    return train


def our_loop(lab: LayeredLab) -> Train:
    """The steps of the lab, as a worker calls them."""

    def train(updates: int) -> None:
        for _ in range(updates):
            lab.step()
            lab.finished()

    return train


def seconds(train: Train, updates: int) -> float:
    """Processor time of this thread: what other programs do does not count."""
    began = time.thread_time()
    train(updates)
    return time.thread_time() - began


def interleaved(loops: Sequence[Train]) -> list[list[float]]:
    """Seconds of each loop in each round; in turns that begin with another loop each time."""
    for train in loops:
        train(2 * UPDATES)
    rounds = []
    for number in range(ROUNDS):
        times = [0.0] * len(loops)
        for k in range(len(loops)):
            at = (number + k) % len(loops)
            times[at] = seconds(loops[at], UPDATES)
        rounds.append(times)
    return rounds


def overhead_of_maps(lab: LayeredLab, ours: Train, plain: Train) -> tuple[float, float]:
    """Overhead over the plain loop while one viewer gets 10 frames with maps a second, and milliseconds a frame.

    With u seconds for an update, p for one of the plain loop and f for a frame (computed and encoded, and what the
    next update takes longer), a second has room for (1 - 10 f) / u updates, so the overhead is u / p / (1 - 10 f) - 1.
    """
    watched = frozenset({"maps", "loss", "score"})
    ratios, frames = [], []
    for _ in range(WATCHED):
        alone = seconds(plain, UPDATES) / UPDATES
        update = seconds(ours, UPDATES) / UPDATES
        began = time.thread_time()
        frame = lab.frame(watched)
        encode({"type": "frame", "step": frame.step, "metrics": dict(frame.metrics)}, frame.arrays)
        frames.append(time.thread_time() - began)
        later = seconds(ours, 1) - update  # caches are cold, and the network goes back to training
        ratios.append(update / alone / (1 - RATE * (frames[-1] + later)) - 1)
    return statistics.median(ratios), 1000 * statistics.median(frames)


def overhead_in_a_worker() -> tuple[float, float]:
    """Processor time of an update with maps watched over that without a viewer, minus 1; and frames a second."""
    with LocalEngine(workers=1) as engine:
        engine.wait(60)
        run = engine.start(Layered(), owner="benchmark")
        run.built.result(60)
        updates(engine, run, [])
        ratios, rates = [], []
        for _ in range(TURNS):
            none, _ = updates(engine, run, [])
            watched, rate = updates(engine, run, ["maps", "loss", "score"])
            ratios.append(watched / none - 1)
            rates.append(rate)
    return statistics.median(ratios), statistics.median(rates)


def updates(engine: LocalEngine, run: Run, views: list[str]) -> tuple[float, float]:
    """Processor seconds of the worker for an update while these views are watched, and frames a second."""
    watch = run.watch(views, RATE)
    run.play().result(60)
    time.sleep(0.5)
    began, steps, spent, frames = time.perf_counter(), run.step_now, worker_seconds(engine), 0
    while time.perf_counter() < began + SECONDS:
        time.sleep(0.02)
        watch.take()
        frames += watch.took_frame
    made, spent = run.step_now - steps, worker_seconds(engine) - spent
    run.pause().result(60)
    watch.close()
    return spent / made, frames / SECONDS


def main() -> None:
    torch.set_num_threads(1)
    lab = LayeredLab(Layered())
    ours, same, usual = our_loop(lab), plain_loop(lab, channels_last=True), plain_loop(lab, channels_last=False)
    rounds = interleaved([ours, same, usual])
    over, against = (statistics.median(times[0] / times[k] for times in rounds) - 1 for k in (1, 2))
    rate = int(lab.spec.training.batch_size) * UPDATES / statistics.median(times[0] for times in rounds)
    loop = "a plain PyTorch loop"
    report(f"cnn: overhead over {loop}, same layout in memory", over, "ratio - 1", "<= 0.05", over <= 0.05)
    report(f"cnn: overhead over {loop} in PyTorch's usual layout", against, "ratio - 1", "said", True)
    report("cnn: the lab's own loop, LeNet on MNIST", rate, "images/s", "said", True)
    over, milliseconds = overhead_of_maps(lab, ours, same)
    name = "cnn: overhead with the feature maps watched, 10 frames a second"
    report(name, over, "ratio - 1", "<= 0.25", over <= 0.25)
    report("cnn: one frame with feature maps", milliseconds, "ms", "said", True)
    over, frames = overhead_in_a_worker()
    report("cnn: the same in a worker, over the same without a viewer", over, "ratio - 1", "<= 0.25", over <= 0.25)
    report("cnn: frames that the viewer got", frames, "frames/s", "said", True)


if __name__ == "__main__":
    main()
