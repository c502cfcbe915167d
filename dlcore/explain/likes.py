"""What a filter likes: of many images, the patches to which it answers most strongly."""

from __future__ import annotations

from collections import OrderedDict
from dataclasses import dataclass

import numpy as np
import torch
from torch import Tensor, nn

from dlcore.explain.recording import record
from dlcore.networks.fields import Field


@dataclass(frozen=True, slots=True, eq=False)
class Strongest:
    """For each filter the images that excite it most, the strongest first; all arrays (filters, top).

    `value` float32: the filter's strongest output for that image, before any activation function; `sample` int32: the
    image's number; `row` and `column` int32: the unit of the map that gave it.
    """

    value: np.ndarray
    sample: np.ndarray
    row: np.ndarray
    column: np.ndarray


@torch.no_grad()
def strongest(network: nn.Sequential, name: str, x: Tensor, *, top: int, at_once: int) -> Strongest | None:
    """Find the `top` images of x (n, …) for each filter of the convolution `name`; an image counts by its largest unit.

    `name` is that of `network.get_submodule`; the network goes as far as there, in evaluation mode. Of equal outputs
    the earlier image and the earlier unit come first. None where an output is infinite or no number at all.
    """
    network.eval()
    way: OrderedDict[str, nn.Module] = OrderedDict()
    for child, module in network.named_children():
        way[child] = module
        if child == name.split(".")[0]:
            break
    shortened = nn.Sequential(way).eval()
    values, places, width = [], [], 1
    for part in torch.split(x, at_once):
        maps = record(shortened, part, [name])[1][name].output
        width = maps.shape[3]
        units = maps.flatten(2)
        values.append(units.amax(dim=2))
        places.append(units.argmax(dim=2))
    value, place = torch.cat(values), torch.cat(places)
    if not torch.isfinite(value).all():
        return None
    value, order = value.sort(dim=0, descending=True, stable=True)
    kept = order[:top]
    row, column = np.divmod(_int32(place.gather(0, kept)), width)
    return Strongest(
        value=np.ascontiguousarray(value[:top].T.numpy(force=True)),
        sample=_int32(kept),
        row=row,
        column=column,
    )


def patch_of(image: np.ndarray, field: Field, row: int, column: int) -> tuple[np.ndarray, tuple[int, int, int, int]]:
    """What the unit at (row, column) sees of an image (channels, height, width), and where the image lies in it.

    The patch is (channels, *field.size), the same for all units; beyond the image's border it is 0. The image lies at
    (top, left, height, width) of it. A unit that sees across the border shows on which side.
    """
    size = field.size
    patch = np.zeros((image.shape[0], *size), dtype=image.dtype)
    spans, places = [], []
    for axis, at in enumerate((row, column)):
        first, last = int(field.first[axis][at]), int(field.last[axis][at])
        length = max(0, last - first + 1)
        upper = first < image.shape[1 + axis] - 1 - last  # nearer to the image's beginning: what is cut off lies before
        begins = size[axis] - length if upper else 0
        spans.append(slice(first, first + length))
        places.append((begins, length))
    (top, height), (left, width) = places
    patch[:, top : top + height, left : left + width] = image[:, spans[0], spans[1]]
    return patch, (top, left, height, width)


def _int32(numbers: Tensor) -> np.ndarray:
    """(top, filters) as int32 (filters, top)."""
    return np.ascontiguousarray(numbers.T.numpy(force=True), dtype=np.int32)
