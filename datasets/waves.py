"""Made series: two sine waves on top of each other, and the value that comes next."""

from __future__ import annotations

import numpy as np

from datasets.dataset import Card, Dataset
from datasets.made import FREE, MADE, OURS

STEPS = 48
PERIODS = (8.0, 24.0)  # steps, from the quickest wave to the slowest


def make_waves(*, samples: int, noise: float, seed: int) -> Dataset:
    """Series (samples, 1, 48), `x[t] = Σ a_k sin(2πt/p_k + φ_k)` for k = 1, 2; the target is `x[48]`, the next value.

    Heights `a` between 0.3 and 0.7, periods `p` between 8 and 24 steps, phases `φ` any. `noise` is the standard
    deviation of the error of each measured step; the target has none.
    """
    rng = np.random.default_rng(seed)
    heights = rng.uniform(0.3, 0.7, (2, samples, 1))
    periods = rng.uniform(PERIODS[0], PERIODS[1], (2, samples, 1))
    phases = rng.uniform(0.0, 2 * np.pi, (2, samples, 1))
    waves = (heights * np.sin(2 * np.pi * np.arange(STEPS + 1) / periods + phases)).sum(axis=0)
    measured = waves[:, :STEPS] + rng.normal(0.0, noise, (samples, STEPS))
    return Dataset(
        # not [:, None]: the stride of that axis would make PyTorch take the series for channels-last
        inputs=measured.astype(np.float32).reshape(samples, 1, STEPS),
        targets=waves[:, STEPS],
        features=(),
        target="next value",
    )


WAVES = Card(
    name="waves",
    title="Waves",
    kind="series",
    summary="48 steps of two waves on top of each other: predict the next value. A network has to find out how fast "
    "each of them goes; kernels that slide along the series see every stretch of it in the same way.",
    features=(),
    target="next value",
    shape=(1, STEPS),
    load=make_waves,
    source=OURS,
    licence=FREE,
    flaws=f"{MADE} Every series holds exactly two waves that never change.",
)
