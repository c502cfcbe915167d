"""Two half-moons that reach into each other."""

from __future__ import annotations

import math

import numpy as np

from datasets.dataset import Card, Dataset
from datasets.made import FREE, MADE, OURS


def make_moons(*, samples: int, noise: float, seed: int) -> Dataset:
    """Half circles of radius 3: class 0 opens downwards around (-1.5, -0.75), class 1 upwards around (1.5, 0.75).

    The angle is uniform in [0, π]; half the samples (rounded up) are of class 1. Noise adds a normal shift of standard
    deviation 3·noise to each coordinate; a shift that would leave [-6, 6]² is drawn again.

    Source: the shape of scikit-learn's make_moons, three times as large and moved to the middle.
    """
    rng = np.random.default_rng(seed)
    targets = (np.arange(samples) < samples - samples // 2).astype(np.int64)
    side = np.where(targets == 1, 1.0, -1.0)
    angle = rng.uniform(0.0, math.pi, samples)
    moon = 3.0 * np.column_stack([np.cos(angle) + 0.5 * side, -side * np.sin(angle) + 0.25 * side])
    inputs = moon + rng.normal(0.0, 3.0 * noise, (samples, 2))
    while (outside := np.abs(inputs).max(axis=1) > 6.0).any():
        inputs[outside] = moon[outside] + rng.normal(0.0, 3.0 * noise, (outside.sum(), 2))
    order = rng.permutation(samples)
    return Dataset(
        inputs=inputs[order],
        targets=targets[order],
        features=("x1", "x2"),
        target="class",
        classes=("upper moon", "lower moon"),
    )


MOONS = Card(
    name="moons",
    title="Two moons",
    kind="generated",
    summary="Two half-moons that reach into each other. A straight line gets most points right; a small hidden "
    "layer bends it to get nearly all.",
    features=("x1", "x2"),
    target="class",
    classes=("upper moon", "lower moon"),
    load=make_moons,
    source=f"{OURS} The shape is that of make_moons in scikit-learn (Pedregosa et al. 2011).",
    licence=FREE,
    flaws=MADE,
)
