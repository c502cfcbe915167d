"""A wave along x1; x2 says nothing, which the network has to find out."""

from __future__ import annotations

import numpy as np

from datasets.dataset import Card, Dataset
from datasets.made import FREE, MADE, OURS


def make_sine(*, samples: int, noise: float, seed: int) -> Dataset:
    """Target `y = sin(x1)` at places spread evenly over [-6, 6]², plus normal noise of standard deviation `noise`.

    Source: LayerLab's own; the textbook picture of a curve with noise on its values.
    """
    rng = np.random.default_rng(seed)
    x1, x2 = rng.uniform(-6.0, 6.0, (2, samples))
    return Dataset(
        inputs=np.column_stack([x1, x2]),
        targets=np.sin(x1) + rng.normal(0.0, noise, samples),
        features=("x1", "x2"),
        target="height",
    )


SINE = Card(
    name="sine",
    title="Sine wave",
    kind="generated",
    summary="Predict sin(x₁), a wave of almost two periods. The other input, x₂, says nothing, and a good "
    "network learns to ignore it.",
    features=("x1", "x2"),
    target="height",
    load=make_sine,
    source=OURS,
    licence=FREE,
    flaws=MADE,
)
