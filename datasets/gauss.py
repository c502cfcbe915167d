"""Two Gaussian clouds: one straight line tells them apart, if the noise lets it."""

from __future__ import annotations

import math

import numpy as np

from datasets.dataset import Card, Dataset
from datasets.made import FREE, MADE, PLAYGROUND


def make_gauss(*, samples: int, noise: float, seed: int) -> Dataset:
    """Class 1 is a normal cloud around (2, 2), class 0 one around (-2, -2), with variance 0.5 + 7·noise each way.

    Half the samples (rounded up) are of class 1. A point that falls outside [-6, 6]² is drawn again.

    Source: TensorFlow Playground, src/dataset.ts, classifyTwoGaussData (variance 0.5 … 4 for noise 0 … 0.5).
    """
    rng = np.random.default_rng(seed)
    targets = (np.arange(samples) < samples - samples // 2).astype(np.int64)
    centres = np.where(targets == 1, 2.0, -2.0)[:, None]
    deviation = math.sqrt(0.5 + 7.0 * noise)
    inputs = rng.normal(centres, deviation, (samples, 2))
    while (outside := np.abs(inputs).max(axis=1) > 6.0).any():
        inputs[outside] = rng.normal(centres[outside], deviation, (outside.sum(), 2))
    order = rng.permutation(samples)
    return Dataset(
        inputs=inputs[order],
        targets=targets[order],
        features=("x1", "x2"),
        target="class",
        classes=("lower left", "upper right"),
    )


GAUSS = Card(
    name="gauss",
    title="Two clouds",
    kind="generated",
    summary="Two Gaussian clouds of points. One straight line tells them apart, so a single unit is enough; with "
    "much noise the clouds overlap, and no border can be right everywhere.",
    features=("x1", "x2"),
    target="class",
    classes=("lower left", "upper right"),
    load=make_gauss,
    source=PLAYGROUND,
    licence=FREE,
    flaws=f"{MADE} Points outside the plane are drawn again, which cuts the clouds' tails off.",
)
