"""Three hills and three hollows on a flat plain."""

from __future__ import annotations

import numpy as np

from datasets.dataset import Card, Dataset
from datasets.made import FREE, MADE, PLAYGROUND


def make_hills(*, samples: int, noise: float, seed: int) -> Dataset:
    """Target `y = ± max(0, 1 - d/2)` with d the distance to the nearest of six centres, at places spread evenly.

    The centres are (-4, 0, 4) by (2.5, -2.5); hills (+) and hollows (-) take turns as on a chessboard. With noise, a
    sample gets the target of the place `(x1 + e1, x2 + e2)`, `e` uniform in ±6·noise.

    Source: TensorFlow Playground, src/dataset.ts, regressGaussian ("multi gaussian"; cones, in spite of that name).
    """
    rng = np.random.default_rng(seed)
    x1, x2 = rng.uniform(-6.0, 6.0, (2, samples))
    e1, e2 = rng.uniform(-6.0, 6.0, (2, samples)) * noise
    targets = np.zeros(samples)
    for centre1, centre2, sign in [
        (-4, 2.5, 1),
        (0, 2.5, -1),
        (4, 2.5, 1),
        (-4, -2.5, -1),
        (0, -2.5, 1),
        (4, -2.5, -1),
    ]:
        distance = np.hypot(x1 + e1 - centre1, x2 + e2 - centre2)
        targets += sign * np.maximum(0.0, 1.0 - distance / 2.0)  # no two of them overlap
    return Dataset(
        inputs=np.column_stack([x1, x2]),
        targets=targets,
        features=("x1", "x2"),
        target="height",
    )


HILLS = Card(
    name="hills",
    title="Hills and hollows",
    kind="generated",
    summary="Predict the height of a flat plain with three hills and three hollows. Each hill needs a few units of "
    "its own.",
    features=("x1", "x2"),
    target="height",
    load=make_hills,
    source=f"{PLAYGROUND} It is called “multi gaussian” there.",
    licence=FREE,
    flaws=f"{MADE} Almost half of the plain is flat, so that always saying 0 already looks good.",
)
