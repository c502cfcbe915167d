"""Small grey photographs to look at: no data set to learn from, but real pixels for a kernel to slide over."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

import numpy as np

from datasets.shipped import find_file, frozen

SIDE = 64


@dataclass(frozen=True, slots=True, kw_only=True)
class Photo:
    """A square of a photo that scikit-image ships: upper left corner and side in its pixels, a multiple of 64."""

    name: str
    title: str
    corner: tuple[int, int]
    side: int
    source: str


PHOTOS = (
    Photo(
        name="camera",
        title="Photographer",
        corner=(60, 110),
        side=320,
        source="Lav Varshney, CC0",
    ),
    Photo(
        name="coins",
        title="Coins",
        corner=(20, 20),
        side=128,
        source="Greek coins from Pompeii, Brooklyn Museum, no known copyright restrictions",
    ),
    Photo(name="brick", title="Brick wall", corner=(0, 0), side=256, source="CC0Textures (ambientCG), CC0"),
)


@cache
def load_photo(photo: Photo) -> np.ndarray:
    """The square in grey as uint8 (64, 64): means of blocks of pixels.

    Source: `data/<name>.png` of the package scikit-image. Raises: FileNotFoundError: it has no such photo.
    """
    from PIL import Image  # 20 ms that only those pay who look at photos

    with Image.open(find_file("skimage", f"data/{photo.name}.png")) as image:
        pixels = np.asarray(image.convert("L"), dtype=np.float64)
    top, left = photo.corner
    square, block = pixels[top : top + photo.side, left : left + photo.side], photo.side // SIDE
    means = square.reshape(SIDE, block, SIDE, block).mean(axis=(1, 3))
    return frozen(np.round(means).astype(np.uint8))
