"""Setting single numbers of a network by hand."""

from __future__ import annotations

import math
from collections.abc import Sequence

import torch
from torch import nn

LARGEST = 1e6


def set_number(layers: Sequence[nn.Module], parameter: str, index: tuple[int, ...], value: float) -> None:
    """Set one number of "weight/<k>" or "bias/<k>", k counting the layers from 0, at an index into the tensor.

    Raises: ValueError: there is no such parameter or index, or the value is not between -1,000,000 and 1,000,000.
    """
    kind, _, number = parameter.partition("/")
    if kind not in ("weight", "bias") or not number.isdecimal() or int(number) >= len(layers):
        last = len(layers) - 1
        raise ValueError(
            f"parameter: expected weight/0 … weight/{last} or bias/0 … bias/{last}; received {parameter!r}"
        )
    tensor = getattr(layers[int(number)], kind, None)
    if tensor is None:
        raise ValueError(f"parameter: {parameter} does not exist: this layer has no {kind}")
    if len(index) != tensor.dim() or any(not 0 <= i < n for i, n in zip(index, tensor.shape, strict=True)):
        raise ValueError(f"index: expected one inside {tuple(tensor.shape)}; received {tuple(index)}")
    if not math.isfinite(value) or abs(value) > LARGEST:
        raise ValueError(f"value: expected a number between -1,000,000 and 1,000,000; received {value}")
    with torch.no_grad():
        tensor[tuple(index)] = value
