"""What one layer makes of a sample: the shape that comes out, its parameters and its multiply-adds."""

from __future__ import annotations

from dataclasses import dataclass
from typing import assert_never

from dlcore.networks.signal import Signal
from dlcore.specs import limits
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

VALUES = limits.ACTIVATION_BYTES // 4  # float32 values that one layer may give


class Misfit(ValueError):
    """A layer cannot take what it gets; the text says what it needs."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What a layer does to one sample: `multiply_adds` of a forward pass, those of convolutions and dense layers alone.

    Pooling, normalization and activation functions count none, as is usual: they cost little beside those.
    """

    output: Signal
    parameters: int = 0
    multiply_adds: int = 0


def outcome(layer: PlainLayer, given: Signal) -> Outcome:
    """What comes out of a layer (all layers but residual blocks, which `shapes` walks through) and what it costs.

    Raises: Misfit: the layer cannot take this, or would give more than memory allows; the text says what it needs.
    """
    done = _outcome(layer, given)
    if done.output.size > VALUES:
        raise Misfit(f"less to work on: it would give {done.output.size:,} values a sample, and {VALUES:,} are allowed")
    return done


def _outcome(layer: PlainLayer, given: Signal) -> Outcome:
    if isinstance(layer, EmbeddingLayer):
        return _embedding(layer, given)
    if given.tokens:
        raise Misfit("numbers, not tokens")
    match layer:
        case DenseLayer():
            return _dense(layer, given)
        case Conv1dLayer() | Conv2dLayer():
            return _convolution(layer, given)
        case ConvTransposeLayer():
            return _transposed(layer, given)
        case MaxPoolLayer() | AvgPoolLayer():
            _require_axes(given, "places to pool over, (channels, length) or (channels, height, width)", 1, 2)
            axes = tuple(windows(n, layer.kernel - 1, layer.step, 2 * layer.padding) for n in given.axes)
            return Outcome(output=Signal(shape=(given.shape[0], *axes)))
        case GlobalAvgPoolLayer():
            _require_axes(given, "places to average over, (channels, length) or (channels, height, width)", 1, 2)
            return Outcome(output=Signal(shape=given.shape[:1]))
        case UpsampleLayer():
            _require_axes(given, "places to repeat, (channels, length) or (channels, height, width)", 1, 2)
            return Outcome(output=Signal(shape=(given.shape[0], *(n * layer.factor for n in given.axes))))
        case FlattenLayer():
            return Outcome(output=Signal(shape=(given.size,)))
        case BatchNormLayer():
            return Outcome(output=given, parameters=2 * given.shape[0])
        case LayerNormLayer():
            return Outcome(output=given, parameters=2 * given.size)
        case DropoutLayer() | ActivationLayer():
            return Outcome(output=given)
        case _:
            assert_never(layer)


def windows(size: int, reach: int, stride: int, around: int) -> int:
    """How many windows that reach from their first to their last input over `reach` fit along an axis.

    `floor((size + around - reach - 1) / stride) + 1`, where `around` is the padding of both sides together.

    Raises: Misfit: not a single one fits.
    """
    if size + around <= reach:
        raise Misfit(f"at least {reach + 1 - around} along each axis")
    return (size + around - reach - 1) // stride + 1


def projection(given: Signal, wanted: Signal) -> Outcome:
    """A residual block's 1 × 1 projection (a dense layer for values in a row) from one shape to another.

    Raises: Misfit: no stride leads from the one size to the other.
    """
    if projection_stride(given, wanted) is None:
        raise Misfit("inner layers that keep the size or divide it evenly")
    return Outcome(
        output=wanted,
        parameters=(given.shape[0] + 1) * wanted.shape[0],
        multiply_adds=given.shape[0] * wanted.size,
    )


def projection_stride(given: Signal, wanted: Signal) -> int | None:
    """The smallest stride s with `floor((n - 1) / s) + 1 = m` along each axis, from n places to m; None without one."""
    if len(given.shape) != len(wanted.shape):
        return None
    for stride in range(1, max(given.axes, default=1) + 1):
        if all((n - 1) // stride + 1 == m for n, m in zip(given.axes, wanted.axes, strict=True)):
            return stride
    return None


def _dense(layer: DenseLayer, given: Signal) -> Outcome:
    if given.axes:
        raise Misfit("its inputs in one row")
    return Outcome(
        output=Signal(shape=(layer.units,)),
        parameters=(given.size + 1) * layer.units,
        multiply_adds=given.size * layer.units,
    )


def _convolution(layer: Conv1dLayer | Conv2dLayer, given: Signal) -> Outcome:
    if isinstance(layer, Conv1dLayer):
        _require_axes(given, "a series, (channels, length)", 1)
    else:
        _require_axes(given, "an image, (channels, height, width)", 2)
    channels = given.shape[0]
    if channels % layer.groups:
        raise Misfit(f"a number of channels that its {layer.groups} groups divide")
    axes = tuple(windows(n, layer.reach, layer.stride, 2 * layer.zeros) for n in given.axes)
    output = Signal(shape=(layer.channels, *axes))
    weights_a_unit = channels // layer.groups * layer.kernel ** len(axes)
    return Outcome(
        output=output,
        parameters=(weights_a_unit + 1) * layer.channels,
        multiply_adds=weights_a_unit * output.size,
    )


def _transposed(layer: ConvTransposeLayer, given: Signal) -> Outcome:
    _require_axes(given, "an image, (channels, height, width)", 2)
    axes = tuple((n - 1) * layer.stride - 2 * layer.padding + layer.kernel + layer.output_padding for n in given.axes)
    if min(axes) < 1:
        raise Misfit(f"less padding than {layer.padding}, which cuts everything away")
    weights_a_value = layer.channels * layer.kernel**2
    return Outcome(
        output=Signal(shape=(layer.channels, *axes)),
        parameters=given.shape[0] * weights_a_value + layer.channels,
        multiply_adds=given.size * weights_a_value,
    )


def _embedding(layer: EmbeddingLayer, given: Signal) -> Outcome:
    if not given.tokens:
        raise Misfit("tokens, that is whole numbers, and stands first")
    if layer.vocabulary < given.tokens:
        raise Misfit(f"a vocabulary of all {given.tokens:,} tokens; its own is {layer.vocabulary:,}")
    return Outcome(output=Signal(shape=(layer.width, given.size)), parameters=layer.vocabulary * layer.width)


def _require_axes(given: Signal, needs: str, *counts: int) -> None:
    if len(given.axes) not in counts:
        raise Misfit(needs)
