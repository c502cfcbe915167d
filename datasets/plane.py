"""A slope: the target rises evenly from one corner to the opposite one."""

from __future__ import annotations

import numpy as np

from datasets.dataset import Card, Dataset
from datasets.made import FREE, MADE, PLAYGROUND


def make_plane(*, samples: int, noise: float, seed: int) -> Dataset:
    """Target `y = (x1 + x2) / 12` at places spread evenly over [-6, 6]².

    With noise, a sample gets the target of the place `(x1 + e1, x2 + e2)`, `e` uniform in ±6·noise.

    Source: TensorFlow Playground, src/dataset.ts, regressPlane (there divided by 10, which passes 1 at the corners).
    """
    rng = np.random.default_rng(seed)
    x1, x2 = rng.uniform(-6.0, 6.0, (2, samples))
    e1, e2 = rng.uniform(-6.0, 6.0, (2, samples)) * noise
    return Dataset(
        inputs=np.column_stack([x1, x2]),
        targets=(x1 + e1 + x2 + e2) / 12.0,
        features=("x1", "x2"),
        target="height",
    )


PLANE = Card(
    name="plane",
    title="Slope",
    kind="generated",
    summary="Predict a number that rises evenly from one corner to the opposite one. It is linear in x₁ and x₂, so "
    "a single linear unit can learn it perfectly.",
    features=("x1", "x2"),
    target="height",
    load=make_plane,
    source=PLAYGROUND,
    licence=FREE,
    flaws=f"{MADE} Noise moves the place whose height is told.",
)
