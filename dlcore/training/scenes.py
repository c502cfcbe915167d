"""From a spec of scenes to those that a network learns from and those that it is tested on."""

from __future__ import annotations

from functools import lru_cache

import numpy as np

from datasets.scenes import Scenes
from dlcore.specs.scenes import SceneData

KEPT = 2  # sets of scenes that a process keeps, so that a class on one exercise shares them


@lru_cache(maxsize=KEPT)
def prepare_scenes(data: SceneData) -> tuple[Scenes, Scenes]:
    """The scenes to learn from and those to test on, both in random order; shared, so nobody writes to them.

    The test part takes `round(test_share · n)` of them.
    """
    scenes = data.card.load(
        samples=data.samples, noise=data.noise, seed=data.seed, objects=data.objects, clutter=data.clutter
    )
    rows = np.random.default_rng(data.seed).permutation(data.samples)
    count = round(data.test_share * data.samples)
    train, test = (
        Scenes(images=scenes.images[part], boxes=scenes.boxes[part], kinds=scenes.kinds[part], masks=scenes.masks[part])
        for part in (rows[count:], rows[:count])
    )
    return train, test
