"""The way of a training through the space of its weights: where the network was after so many updates."""

from __future__ import annotations

from collections.abc import Sequence
from time import perf_counter
from typing import Any

import numpy as np
import torch

from dlcore.engine.hosted import Hosted
from dlcore.engine.messages import Entry, Restore
from dlcore.engine.snapshots import Snapshot
from dlcore.labs.lab import Diverged
from dlcore.labs.registry import make_lab
from dlcore.labs.supervised import SupervisedLab
from dlcore.specs.supervised import Supervised

STRETCH = 0.25  # seconds of updates that one call repeats, so that whoever trains on that worker does not wait long


def updates_of(*, spec: Supervised, epochs: int) -> int:
    """How many updates so many epochs take."""
    return SupervisedLab(spec).steps_an_epoch * epochs


def stretch(
    *,
    spec: Supervised,
    start: Snapshot | None,
    journal: Sequence[Entry],
    every: int,
    goal: int,
    seconds: float = STRETCH,
) -> dict[str, Any]:
    """Repeat a training from `start` (None: from its beginning) towards the update `goal`, for some `seconds`.

    `journal` is what the learner did on the way, as the engine wrote it down, so that these are the run's own weights.
    Gives the `steps` (n), which are multiples of `every`, and the goal; the `weights` (n, P) and `buffers` (n, B) after
    them, float32, one parameter of the network after the other; `reached`, the state to go on from, None at the end;
    and the update `now`. A training that diverged ends before it did.
    """
    run = Hosted(0, spec, Restore(snapshot=start, journal=tuple(journal), step=goal, last_step=goal), make_lab)
    until = perf_counter() + seconds
    found = [(0, *numbers_of(run))] if run.steps == 0 else []
    try:
        while not run.repeat():
            if run.steps % every == 0 and run.steps < goal:
                run.settle()
                found.append((run.steps, *numbers_of(run)))
            if perf_counter() > until and run.steps < goal:
                return _told(found, run.snapshot(), run.steps)
        found.append((run.steps, *numbers_of(run)))
    except Diverged:
        pass  # it ends where it ended then
    return _told(found, None, goal)


def at_snapshots(*, spec: Supervised, snapshots: Sequence[Snapshot]) -> dict[str, Any]:
    """The same for the states that a run has kept anyhow: nothing is repeated."""
    run = Hosted(0, spec, Restore(snapshot=snapshots[0]), make_lab)
    found = []
    for snapshot in snapshots:
        run.load(snapshot)
        found.append((snapshot.step, *numbers_of(run)))
    return _told(found, None, snapshots[-1].step)


def numbers_of(run: Hosted) -> tuple[np.ndarray, np.ndarray]:
    """The network's parameters (P,) in the order of `network.parameters()`, and its running statistics (B,)."""
    lab = run.lab
    assert isinstance(lab, SupervisedLab)
    network = lab.network
    return flat(network.parameters()), flat(each for each in network.buffers() if each.is_floating_point())


def flat(tensors: Any) -> np.ndarray:
    """Tensors one after the other, (n,) float32: a copy."""
    parts = [tensor.detach().reshape(-1).cpu() for tensor in tensors]
    return (torch.cat(parts) if parts else torch.zeros(0)).numpy().copy()


def _told(found: list[tuple[int, np.ndarray, np.ndarray]], reached: Snapshot | None, now: int) -> dict[str, Any]:
    finite = [row for row in found if np.isfinite(row[1]).all() and np.isfinite(row[2]).all()]
    return {
        "steps": [step for step, _, _ in finite],
        "weights": [weights for _, weights, _ in finite],
        "buffers": [buffers for _, _, buffers in finite],
        "reached": reached,
        "now": now,
    }
