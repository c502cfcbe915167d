"""One image changed by chance many times: what augmentation shows a network, to look at."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import torch

from dlcore.specs.augmentation import AugmentationSpec
from dlcore.training.augment import augment


def augmented(*, image: np.ndarray, strengths: Mapping[str, float], count: int, seed: int) -> np.ndarray:
    """So many versions of an image (channels, height, width) from 0 to 1, (count, channels, height, width) float32.

    They are drawn as the images of a mini-batch are (`dlcore.training.augment`); the same seed gives the same ones.

    Raises: SpecError: a strength is not allowed.
    """
    spec = AugmentationSpec.parse(strengths)
    copies = torch.from_numpy(np.array(image, dtype=np.float32)).expand(count, *image.shape)
    with torch.random.fork_rng(devices=[]):  # a worker's generator belongs to its runs
        torch.manual_seed(seed)
        changed: np.ndarray = augment(copies, spec).numpy()
    return np.ascontiguousarray(changed)
