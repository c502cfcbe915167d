"""Images as pictures that a page can hold: arrays in, PNG out."""

from __future__ import annotations

import base64
import io

import numpy as np
from PIL import Image

GAP = 2  # pixels between images side by side, transparent


def strip(images: np.ndarray) -> np.ndarray:
    """Images (n, channels, height, width) from 0 to 1 side by side, uint8 (height, n · width + gaps, 4), RGBA.

    One channel is grey, three are colours; what lies beyond 0 or 1 is an error of the caller.

    Raises: ValueError: there is no image, or it has neither one channel nor three.
    """
    if not len(images) or images.shape[1] not in (1, 3):
        raise ValueError(f"images: expected some of 1 or 3 channels; received the shape {images.shape}")
    count, _, height, width = images.shape
    levels = np.rint(images * 255).astype(np.uint8)
    whole = np.zeros((height, count * (width + GAP) - GAP, 4), dtype=np.uint8)
    for number, image in enumerate(levels):
        left = number * (width + GAP)
        whole[:, left : left + width, :3] = image.transpose(1, 2, 0)  # one channel becomes three alike
        whole[:, left : left + width, 3] = 255
    return whole


def data_uri(picture: np.ndarray) -> str:
    """A picture (height, width, 4) uint8 as an address that holds it: `data:image/png;base64,…`."""
    file = io.BytesIO()
    Image.fromarray(picture).save(file, "png")
    return "data:image/png;base64," + base64.b64encode(file.getvalue()).decode()
