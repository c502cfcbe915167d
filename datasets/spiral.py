"""Two spiral arms wound into each other: the hardest border on the plane."""

from __future__ import annotations

import math

import numpy as np

from datasets.dataset import Card, Dataset
from datasets.made import FREE, MADE, PLAYGROUND


def make_spiral(*, samples: int, noise: float, seed: int) -> Dataset:
    """Arms `r (sin t, cos t)` with `r = 5u`, `t = 3.5πu` (+ π for class 0), u evenly spaced in [0, 1).

    Half the samples (rounded up) are of class 1. Noise moves each coordinate by up to ±noise, evenly; so nothing
    leaves radius 6. Without noise the seed decides the order alone.

    Source: TensorFlow Playground, src/dataset.ts, classifySpiralData.
    """
    rng = np.random.default_rng(seed)
    ones = samples - samples // 2
    zeros = samples - ones
    targets = np.repeat([1, 0], [ones, zeros])
    along = np.concatenate([np.arange(ones) / ones, np.arange(zeros) / zeros])
    radius = 5.0 * along
    angle = 3.5 * math.pi * along + np.where(targets == 1, 0.0, math.pi)
    inputs = np.column_stack([radius * np.sin(angle), radius * np.cos(angle)])
    inputs += rng.uniform(-1.0, 1.0, (samples, 2)) * noise
    order = rng.permutation(samples)
    return Dataset(
        inputs=inputs[order],
        targets=targets[order],
        features=("x1", "x2"),
        target="class",
        classes=("first arm", "second arm"),
    )


SPIRAL = Card(
    name="spiral",
    title="Spiral",
    kind="generated",
    summary="Two spiral arms wound into each other. The border turns almost twice round the middle, so the network "
    "needs several units, more than one layer helps, and training takes patience.",
    features=("x1", "x2"),
    target="class",
    classes=("first arm", "second arm"),
    load=make_spiral,
    source=PLAYGROUND,
    licence=FREE,
    flaws=f"{MADE} Points lie evenly along the arms; without noise another seed only shuffles them.",
)
