"""Payments, few of which are fraud: a set on which 99 % accuracy is worthless."""

from __future__ import annotations

import numpy as np

from datasets.dataset import Card, Dataset
from datasets.made import FREE, MADE, OURS


def make_fraud(*, samples: int, noise: float, seed: int, positives: float = 0.1) -> Dataset:
    """Payments on the plane; `round(positives · samples)` of them are fraud (class 1), all others honest.

    Honest ones are a normal cloud around (-1.5, -1.5) with standard deviation 1.6 each way. Two of three frauds lie
    around (1.2, 1), one of three around (-1.8, 2.2), with standard deviation 0.9. Noise widens both kinds by
    (1 + noise). A point that falls outside [-6, 6]² is drawn again.
    """
    rng = np.random.default_rng(seed)
    targets = (np.arange(samples) < round(positives * samples)).astype(np.int64)
    second = np.arange(samples) % 3 == 0
    centres = np.where(second[:, None], [-1.8, 2.2], [1.2, 1.0])
    centres = np.where(targets[:, None] == 1, centres, [-1.5, -1.5])
    deviations = (1 + noise) * np.where(targets == 1, 0.9, 1.6)[:, None]
    inputs = rng.normal(centres, deviations, (samples, 2))
    while (outside := np.abs(inputs).max(axis=1) > 6.0).any():
        inputs[outside] = rng.normal(centres[outside], deviations[outside], (outside.sum(), 2))
    order = rng.permutation(samples)
    return Dataset(
        inputs=inputs[order],
        targets=targets[order],
        features=("x1", "x2"),
        target="class",
        classes=("honest", "fraud"),
    )


FRAUD = Card(
    name="fraud",
    title="Card fraud",
    kind="generated",
    summary="Payments by how large (x₁) and how unusual (x₂) they are. Few are fraud, so a network that calls all of "
    "them honest is right nearly always, and finds nothing.",
    features=("x1", "x2"),
    target="class",
    classes=("honest", "fraud"),
    load=make_fraud,
    positives=0.1,
    source=OURS,
    licence=FREE,
    flaws=f"{MADE} The two amounts have no unit; real frauds change as soon as somebody looks for them.",
)
