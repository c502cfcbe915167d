"""A disc inside a ring: the border between the classes is a circle, which no straight line can follow."""

from __future__ import annotations

import math

import numpy as np

from datasets.dataset import Card, Dataset
from datasets.made import FREE, LABEL_NOISE, PLAYGROUND


def make_circle(*, samples: int, noise: float, seed: int) -> Dataset:
    """Class 1 fills the disc of radius 2.5, class 0 the ring between the radii 3.5 and 5.

    Radius and angle are uniform, half the samples (rounded up) are drawn in the disc. With noise, a sample gets the
    class of the place `(x1 + e1, x2 + e2)`, `e` uniform in ±5·noise, so labels near the border flip and class 1 becomes
    the smaller one. The inputs stay within radius 5.

    Source: TensorFlow Playground, src/dataset.ts, classifyCircleData.
    """
    rng = np.random.default_rng(seed)
    inside = samples - samples // 2
    radius = np.concatenate([rng.uniform(0.0, 2.5, inside), rng.uniform(3.5, 5.0, samples - inside)])
    angle = rng.uniform(0.0, 2 * math.pi, samples)
    x1, x2 = radius * np.sin(angle), radius * np.cos(angle)
    e1, e2 = rng.uniform(-5.0, 5.0, (2, samples)) * noise
    targets = (np.hypot(x1 + e1, x2 + e2) < 2.5).astype(np.int64)
    order = rng.permutation(samples)
    return Dataset(
        inputs=np.column_stack([x1, x2])[order],
        targets=targets[order],
        features=("x1", "x2"),
        target="class",
        classes=("outside", "inside"),
    )


CIRCLE = Card(
    name="circle",
    title="Circle",
    kind="generated",
    summary="A disc of one class inside a ring of the other. No straight line separates them: a hidden layer, or "
    "squared inputs, can.",
    features=("x1", "x2"),
    target="class",
    classes=("outside", "inside"),
    load=make_circle,
    source=PLAYGROUND,
    licence=FREE,
    flaws=LABEL_NOISE,
)
