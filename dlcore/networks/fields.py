"""Receptive fields: which part of the network's input a unit of a layer sees."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import assert_never

import numpy as np

from dlcore.networks.signal import Shape, Signal
from dlcore.specs.convolutions import Conv1dLayer, Conv2dLayer, ConvTransposeLayer
from dlcore.specs.layers import (
    ActivationLayer,
    BatchNormLayer,
    DenseLayer,
    DropoutLayer,
    EmbeddingLayer,
    FlattenLayer,
    LayerNormLayer,
    PlainLayer,
)
from dlcore.specs.pooling import AvgPoolLayer, GlobalAvgPoolLayer, MaxPoolLayer, UpsampleLayer

_NOTHING = (2**31, -1)  # first and last place of a unit that sees padding alone


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class Field:
    """For each axis of the input and each place along it at this layer: the first and the last input place seen, (n,).

    The unit at (row, column) sees rows `first[0][row] … last[0][row]` and columns `first[1][column] … last[1][column]`
    of the input: the smallest rectangle around all it sees, cut off at the input's border, as the real unit is.
    """

    first: tuple[np.ndarray, ...]
    last: tuple[np.ndarray, ...]

    @property
    def size(self) -> Shape:
        """The largest patch that a unit sees along each axis: `1 + Σ (kernel - 1)·dilation·∏ strides` at most."""
        return tuple(int(max(0, (last - first).max() + 1)) for first, last in zip(self.first, self.last, strict=True))


def first_field(given: Signal) -> Field:
    """The network's input sees itself: every place one place; values in a row are places of a single axis."""
    places = tuple(np.arange(n) for n in given.axes or given.shape)
    return Field(first=places, last=places)


def field_after(layer: PlainLayer, field: Field, output: Signal) -> Field:
    """The field of a layer's output of shape `output`, from the field of its input; batch statistics are left out."""
    match layer:
        case Conv1dLayer() | Conv2dLayer():
            taps = np.arange(layer.kernel) * layer.dilation - layer.zeros
            return _gather(field, [np.arange(m)[:, None] * layer.stride + taps for m in output.axes])
        case MaxPoolLayer() | AvgPoolLayer():
            taps = np.arange(layer.kernel) - layer.padding
            return _gather(field, [np.arange(m)[:, None] * layer.step + taps for m in output.axes])
        case ConvTransposeLayer():
            return _gather(field, [_painters(layer, m) for m in output.axes])
        case UpsampleLayer():
            return _gather(field, [_sources(layer, m) for m in output.axes])
        case DenseLayer() | LayerNormLayer() | GlobalAvgPoolLayer():
            return Field(
                first=tuple(np.full_like(places, places.min()) for places in field.first),
                last=tuple(np.full_like(places, places.max()) for places in field.last),
            )
        case ActivationLayer() | BatchNormLayer() | DropoutLayer() | EmbeddingLayer() | FlattenLayer():
            return field
        case _:
            assert_never(layer)


def join_fields(one: Field, other: Field, stride: int) -> Field:
    """The field of a sum: what `one` sees, and what a shortcut sees that takes every `stride`-th place of `other`."""
    pairs = zip(one.first, one.last, other.first, other.last, strict=True)
    joined = [(np.minimum(a, c[::stride]), np.maximum(b, d[::stride])) for a, b, c, d in pairs]
    return Field(first=tuple(first for first, _ in joined), last=tuple(last for _, last in joined))


def _painters(layer: ConvTransposeLayer, size: int) -> np.ndarray:
    # input i paints the outputs i·stride - padding … + kernel - 1, so output o shows the inputs below
    shifted = np.arange(size)[:, None] + layer.padding
    painters = shifted // layer.stride - np.arange(-(-layer.kernel // layer.stride))
    return np.where(shifted - painters * layer.stride < layer.kernel, painters, -1)


def _sources(layer: UpsampleLayer, size: int) -> np.ndarray:
    if layer.mode == "nearest":
        return np.arange(size)[:, None] // layer.factor
    # output o lies at input (o + ½) / factor - ½, between two inputs; at the border both are the same
    left = np.floor((np.arange(size) + 0.5) / layer.factor - 0.5).astype(np.int64)
    return np.clip(np.stack([left, left + 1], axis=1), 0, size // layer.factor - 1)


def _gather(field: Field, inputs: Sequence[np.ndarray]) -> Field:
    """Each output's field from those of its inputs (m, taps), numbers along an axis; outside of the axis is padding."""
    firsts, lasts = [], []
    for first, last, taken in zip(field.first, field.last, inputs, strict=True):
        inside = (taken >= 0) & (taken < len(first))
        at = np.where(inside, taken, 0)
        firsts.append(np.where(inside, first[at], _NOTHING[0]).min(axis=1))
        lasts.append(np.where(inside, last[at], _NOTHING[1]).max(axis=1))
    return Field(first=tuple(firsts), last=tuple(lasts))
