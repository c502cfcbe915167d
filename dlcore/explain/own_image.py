"""An image that a learner made (drawn by hand, say), checked before a network sees it."""

from __future__ import annotations

from typing import Any

import numpy as np

from dlcore.networks.signal import Shape


def read_image(value: Any, shape: Shape) -> np.ndarray:
    """Nested lists of numbers from 0 (black) to 1 (white) as a float32 array of `shape`, (channels, height, width).

    An image of one channel may come as (height, width).

    Raises: ValueError: another shape, something that is no number, or a number outside of 0 … 1.
    """
    wanted = " × ".join(map(str, shape))
    if len(shape) != 3:
        raise ValueError(f"image: this network reads {wanted} values a sample, no images")
    if shape[0] == 1 and _depth(value) == 2:
        value = [value]
    numbers: list[float] = []
    _flatten(value, shape, wanted, numbers)
    return np.array(numbers, dtype=np.float32).reshape(shape)


def _flatten(value: Any, shape: Shape, wanted: str, into: list[float]) -> None:
    if not shape:
        if isinstance(value, bool) or not isinstance(value, int | float):
            raise ValueError(
                f"image: expected {wanted} numbers from 0 to 1; received {type(value).__name__} among them"
            )
        if not 0 <= value <= 1:  # so is NaN
            raise ValueError(f"image: expected numbers from 0 (black) to 1 (white); received {value!r}")
        into.append(float(value))
        return
    if not isinstance(value, list | tuple | np.ndarray) or len(value) != shape[0]:
        found = f"{len(value)} in a row" if isinstance(value, list | tuple | np.ndarray) else type(value).__name__
        raise ValueError(
            f"image: expected {wanted} numbers, channels × height × width; received {found} for {shape[0]}"
        )
    for item in value.tolist() if isinstance(value, np.ndarray) else value:
        _flatten(item, shape[1:], wanted, into)


def _depth(value: Any) -> int:
    depth = 0
    while isinstance(value, list | tuple | np.ndarray) and len(value) and depth < 4:
        value, depth = value[0], depth + 1
    return depth
