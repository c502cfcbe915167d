"""Images as small pictures that can be sent."""

from __future__ import annotations

import numpy as np


def thumbnail(image: np.ndarray, side: int) -> np.ndarray:
    """An image (channels, height, width), 0 … 1, as uint8 of one channel (grey) or three (colours).

    Where it is larger than `side`, means of whole blocks of pixels make it as large as that at most. Of other numbers
    of channels the mean is shown.
    """
    if image.shape[0] not in (1, 3):
        image = image.mean(axis=0, keepdims=True)
    block = -(-max(image.shape[1:]) // side)
    if block > 1:
        starts = [np.arange(0, n, block) for n in image.shape[1:]]
        counts = [np.diff([*start, n]) for start, n in zip(starts, image.shape[1:], strict=True)]
        sums = np.add.reduceat(np.add.reduceat(image, starts[0], axis=1), starts[1], axis=2)
        image = sums / (counts[0][:, None] * counts[1])
    pixels: np.ndarray = np.round(255 * image).astype(np.uint8)
    return pixels
