"""Patches cut from photographs of surfaces."""

from __future__ import annotations

from functools import cache

import numpy as np

from datasets.dataset import Card, Dataset
from datasets.shipped import find_file, frozen

SIDE = 32
_STEP = 16  # between neighbouring patches, which overlap by half
_CLASSES = ("brick", "grass", "gravel")


@cache
def load_textures() -> Dataset:
    """Grey patches (2790, 1, 32, 32) of three photos; class = the surface; those of each right half are held out.

    Each half of a photo (512 rows, 256 columns) is cut into 31 × 15 patches, 16 pixels apart; none crosses the middle.

    Source: data/brick.png, grass.png and gravel.png of the package scikit-image.
    """
    patches = [_patches(half) for name in _CLASSES for half in np.split(_photo(name), 2, axis=1)]
    count = len(patches[0])
    return Dataset(
        inputs=frozen(np.concatenate(patches)[:, None]),
        targets=frozen(np.repeat(np.arange(len(_CLASSES)), 2 * count)),
        features=(),
        target="surface",
        classes=_CLASSES,
        held_out=frozen(np.tile(np.repeat([False, True], count), len(_CLASSES))),
    )


def _photo(name: str) -> np.ndarray:
    from PIL import Image  # 20 ms that only those pay who look at textures

    with Image.open(find_file("skimage", f"data/{name}.png")) as image:
        return np.asarray(image.convert("L"), dtype=np.float32) / np.float32(255)


def _patches(area: np.ndarray) -> np.ndarray:
    windows = np.lib.stride_tricks.sliding_window_view(area, (SIDE, SIDE))[::_STEP, ::_STEP]
    return windows.reshape(-1, SIDE, SIDE)


TEXTURES = Card(
    name="textures",
    title="Textures",
    kind="images",
    summary="Tell brick, grass and gravel apart by a patch of 32 × 32 pixels. There is no outline to go by: kernels "
    "must find grain and direction.",
    features=(),
    target="surface",
    classes=_CLASSES,
    samples=2790,
    shape=(1, SIDE, SIDE),
    held_out=True,
    load=load_textures,
    source="Photographs brick and gravel from CC0Textures (ambientCG), grass by linolafett, in grey, cut to 512 × 512; "
    "shipped by scikit-image.",
    licence="CC0 (public domain)",
    flaws="One photo a surface: training takes the left half and testing the right one, yet light and camera are the "
    "same. Neighbouring patches of a half overlap, so they are fewer than they seem.",
)
