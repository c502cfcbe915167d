"""Real images for the sandbox: digits that people wrote, and photos."""

from __future__ import annotations

import base64
from functools import cache
from typing import Any

import numpy as np

from datasets.mnist import load_some_digits
from datasets.photos import PHOTOS, load_photo

DIGITS = (5, 0, 4, 7, 2)  # enough to compare strokes of all directions


@cache
def sandbox_images() -> tuple[dict[str, Any], ...]:
    """Grey images as plain values: `title`, `size` [height, width], `pixels` (0 … 255, row by row, base64)."""
    digits = zip(DIGITS, load_some_digits(DIGITS), strict=True)
    found = [_plain(f"A handwritten {digit}", pixels) for digit, pixels in digits]
    for photo in PHOTOS:
        found.append(_plain(f"{photo.title} ({photo.source})", load_photo(photo)))
    return tuple(found)


def _plain(title: str, pixels: np.ndarray) -> dict[str, Any]:
    return {
        "title": title,
        "size": list(pixels.shape),
        "pixels": base64.b64encode(np.ascontiguousarray(pixels).tobytes()).decode(),
    }
