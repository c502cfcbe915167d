"""Three classes, one around the other."""

from __future__ import annotations

import math

import numpy as np

from datasets.dataset import Card, Dataset
from datasets.made import FREE, MADE, OURS


def make_rings(*, samples: int, noise: float, seed: int) -> Dataset:
    """Class c (0, 1, 2) fills the ring between the radii 2c and 2c + 1; radius and angle are uniform.

    Class sizes differ by one at most. Noise adds a normal shift of standard deviation 2·noise to each coordinate; a
    shift that would leave [-6, 6]² is drawn again.

    Source: LayerLab's own, after TensorFlow Playground's circle.
    """
    rng = np.random.default_rng(seed)
    targets = np.arange(samples, dtype=np.int64) % 3
    radius = 2.0 * targets + rng.uniform(0.0, 1.0, samples)
    angle = rng.uniform(0.0, 2 * math.pi, samples)
    ring = np.column_stack([radius * np.sin(angle), radius * np.cos(angle)])
    inputs = ring + rng.normal(0.0, 2.0 * noise, (samples, 2))
    while (outside := np.abs(inputs).max(axis=1) > 6.0).any():
        inputs[outside] = ring[outside] + rng.normal(0.0, 2.0 * noise, (outside.sum(), 2))
    order = rng.permutation(samples)
    return Dataset(
        inputs=inputs[order],
        targets=targets[order],
        features=("x1", "x2"),
        target="class",
        classes=("inner", "middle", "outer"),
    )


RINGS = Card(
    name="rings",
    title="Three rings",
    kind="generated",
    summary="Three classes, one around the other. The network has one output for each class, and softmax turns "
    "them into probabilities that sum to 1.",
    features=("x1", "x2"),
    target="class",
    classes=("inner", "middle", "outer"),
    load=make_rings,
    source=OURS,
    licence=FREE,
    flaws=f"{MADE} The inner class is packed more densely than the outer one.",
)
