"""From a list of layers to a network: an `nn.Sequential` whose children carry the names that learners see."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Sequence
from typing import assert_never

from torch import nn

from dlcore.networks.build import activation, initialize
from dlcore.networks.residual import Residual
from dlcore.networks.shapes import Row, walk
from dlcore.networks.signal import Signal
from dlcore.networks.token_embedding import TokenEmbedding
from dlcore.networks.totals import require_within_limits
from dlcore.specs.convolutions import Conv1dLayer, Conv2dLayer, ConvTransposeLayer
from dlcore.specs.layers import (
    ActivationLayer,
    BatchNormLayer,
    DenseLayer,
    DropoutLayer,
    EmbeddingLayer,
    FlattenLayer,
    Layer,
    LayerNormLayer,
    ResidualLayer,
)
from dlcore.specs.pooling import AvgPoolLayer, GlobalAvgPoolLayer, MaxPoolLayer, UpsampleLayer
from dlcore.training.initializations import AS_MADE


def build_layers(
    layers: Sequence[Layer], given: Signal, *, scores: int | None = None, initialization: str = AS_MADE.name
) -> nn.Sequential:
    """The network of a list of layers for samples like `given`, (n, *given.shape) -> (n, *output), on the CPU.

    Children are called conv1, pool1, … as `shapes.walk` names them. Parameters take PyTorch's own first values, drawn
    from its global generator from input to output (a block's inner layers before its projection); any other
    `initialization` then draws weights anew in that order (`build.initialize`).

    Raises: ValueError: a layer does not fit, or the network is over a limit, before anything is allocated; there is no
    initialization of that name.
    """
    walked = walk(layers, given, scores=scores)
    if walked.problem is not None:
        raise ValueError(walked.problem.sentence)
    require_within_limits(walked)
    network = _sequential(walked.rows)
    if initialization != AS_MADE.name:
        initialize(network, initialization)
    return network


def _sequential(rows: Sequence[Row]) -> nn.Sequential:
    return nn.Sequential(OrderedDict((row.name.rpartition(".")[2], _module(row)) for row in rows))


def _module(row: Row) -> nn.Module:
    layer, shape, axes = row.layer, row.input.shape, len(row.input.axes)
    match layer:
        case DenseLayer():
            return nn.Linear(shape[0], layer.units)
        case Conv1dLayer() | Conv2dLayer():
            return (nn.Conv1d if axes == 1 else nn.Conv2d)(
                shape[0],
                layer.channels,
                layer.kernel,
                stride=layer.stride,
                padding=layer.zeros,
                dilation=layer.dilation,
                groups=layer.groups,
            )
        case ConvTransposeLayer():
            return nn.ConvTranspose2d(
                shape[0],
                layer.channels,
                layer.kernel,
                stride=layer.stride,
                padding=layer.padding,
                output_padding=layer.output_padding,
            )
        case MaxPoolLayer():
            return (nn.MaxPool1d if axes == 1 else nn.MaxPool2d)(layer.kernel, layer.step, layer.padding)
        case AvgPoolLayer():
            return (nn.AvgPool1d if axes == 1 else nn.AvgPool2d)(layer.kernel, layer.step, layer.padding)
        case GlobalAvgPoolLayer():
            pool = nn.AdaptiveAvgPool1d(1) if axes == 1 else nn.AdaptiveAvgPool2d(1)
            return nn.Sequential(OrderedDict(pool=pool, flatten=nn.Flatten()))
        case UpsampleLayer():
            linear = "linear" if axes == 1 else "bilinear"
            return nn.Upsample(scale_factor=layer.factor, mode=linear if layer.mode == "linear" else "nearest")
        case FlattenLayer():
            return nn.Flatten()
        case DropoutLayer():
            return nn.Dropout(layer.rate)
        case BatchNormLayer():
            return nn.BatchNorm2d(shape[0]) if axes == 2 else nn.BatchNorm1d(shape[0])
        case LayerNormLayer():
            return nn.LayerNorm(shape)
        case ActivationLayer():
            return activation(layer.function)
        case EmbeddingLayer():
            return TokenEmbedding(layer.vocabulary, layer.width)
        case ResidualLayer():
            return Residual(_sequential(row.inner), _shortcut(row))
        case _:
            assert_never(layer)


def _shortcut(row: Row) -> nn.Module:
    if row.stride is None:
        return nn.Identity()
    before, after = row.input.shape[0], row.output.shape[0]
    match len(row.input.axes):
        case 2:
            return nn.Conv2d(before, after, 1, stride=row.stride)
        case 1:
            return nn.Conv1d(before, after, 1, stride=row.stride)
        case _:
            return nn.Linear(before, after)
