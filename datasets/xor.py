"""Exclusive or: opposite quarters of the plane belong together."""

from __future__ import annotations

import numpy as np

from datasets.dataset import Card, Dataset
from datasets.made import FREE, LABEL_NOISE, PLAYGROUND


def make_xor(*, samples: int, noise: float, seed: int) -> Dataset:
    """Class 1 where x1 and x2 have the same sign, class 0 where they differ.

    Coordinates are uniform, 0.3 to 5.3 away from the axes; half the samples (rounded up) are drawn in class 1's
    quarters. With noise, a sample gets the class of the place `(x1 + e1, x2 + e2)`, `e` uniform in ±5·noise, so labels
    near the axes flip and the classes are no longer of exactly equal size.

    Source: TensorFlow Playground, src/dataset.ts, classifyXORData (there, chance decides how many are in each class).
    """
    rng = np.random.default_rng(seed)
    same = np.arange(samples) < samples - samples // 2
    sign1 = rng.choice([-1.0, 1.0], samples)
    sign2 = np.where(same, sign1, -sign1)
    x1, x2 = np.stack([sign1, sign2]) * rng.uniform(0.3, 5.3, (2, samples))
    e1, e2 = rng.uniform(-5.0, 5.0, (2, samples)) * noise
    targets = ((x1 + e1) * (x2 + e2) >= 0).astype(np.int64)
    order = rng.permutation(samples)
    return Dataset(
        inputs=np.column_stack([x1, x2])[order],
        targets=targets[order],
        features=("x1", "x2"),
        target="class",
        classes=("signs differ", "signs agree"),
    )


XOR = Card(
    name="xor",
    title="Exclusive or",
    kind="generated",
    summary="Class by the sign of x₁ · x₂: opposite quarters of the plane belong together. In 1969 Minsky and "
    "Papert showed with it what a single unit cannot learn.",
    features=("x1", "x2"),
    target="class",
    classes=("signs differ", "signs agree"),
    load=make_xor,
    source=PLAYGROUND,
    licence=FREE,
    flaws=LABEL_NOISE,
)
