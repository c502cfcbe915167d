"""Layers as texts: the call that makes each, as `dlcore.networks.layers.build_layers` makes it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import assert_never

from dlcore.export.calls import activation_call, keywords
from dlcore.networks.shapes import Row, every_row
from dlcore.specs.convolutions import Conv1dLayer, Conv2dLayer, ConvTransposeLayer
from dlcore.specs.layers import (
    ActivationLayer,
    BatchNormLayer,
    DenseLayer,
    DropoutLayer,
    EmbeddingLayer,
    FlattenLayer,
    LayerNormLayer,
    ResidualLayer,
)
from dlcore.specs.pooling import AvgPoolLayer, GlobalAvgPoolLayer, MaxPoolLayer, UpsampleLayer
from dlcore.training.initializations import INITIALIZATIONS
from dlcore.training.rows import find

RESIDUAL = '''\
class Residual(nn.Module):
    """What the inner layers give is added to their input, or to a projection of it."""

    def __init__(self, layers, shortcut):
        super().__init__()
        self.layers, self.shortcut = layers, shortcut

    def forward(self, x):
        return self.layers(x) + self.shortcut(x)'''
_TURNED = "nn.ConvTranspose2d"  # its weights begin with the inputs


def sequential(rows: Sequence[Row]) -> list[str]:
    """`nn.Sequential(…)` of these layers, line by line."""
    return ["nn.Sequential(", *[f"    {line}" for row in rows for line in _lines(row)], ")"]


def first_weights(rows: Sequence[Row], initialization: str) -> list[str]:
    """The loop that draws all weights anew, as `dlcore.networks.build.initialize` does, line by line."""
    row = find(INITIALIZATIONS, initialization, "initialization")
    kinds = list(dict.fromkeys(kind for each in every_row(rows) for kind in _kinds(each)))
    if not kinds:
        return []
    name, turned = "layer.weight", []
    if _TURNED in kinds:
        name, turned = (
            "weight",
            [
                "        weight = layer.weight.detach()",
                f"        if isinstance(layer, {_TURNED}):",
                "            weight = weight.transpose(0, 1)  # its inputs come first",
            ],
        )
    arguments = ", ".join([name, *([keywords(row.arguments)] if row.arguments else [])])
    return [
        "for layer in network.modules():",
        f"    if isinstance(layer, {' | '.join(kinds)}):",
        *turned,
        f"        nn.init.{row.function}({arguments})",
        "        nn.init.zeros_(layer.bias)",
    ]


def _kinds(row: Row) -> list[str]:
    """The classes with weights to draw among what a layer is made of: itself, or its projection."""
    layer, axes = row.layer, len(row.input.axes)
    match layer:
        case DenseLayer():
            return ["nn.Linear"]
        case Conv1dLayer() | Conv2dLayer():
            return [f"nn.Conv{axes}d"]
        case ConvTransposeLayer():
            return [_TURNED]
        case ResidualLayer() if row.stride is not None:
            return [f"nn.Conv{axes}d" if axes else "nn.Linear"]
        case _:
            return []


def _lines(row: Row) -> list[str]:
    if isinstance(row.layer, ResidualLayer):
        inner = sequential(row.inner)
        return [
            "Residual(",
            *[f"    {line}" for line in inner[:-1]],
            f"    {inner[-1]},",
            f"    shortcut={_shortcut(row)},",
            "),",
        ]
    return [f"{call}," for call in _calls(row)]


def _calls(row: Row) -> list[str]:
    layer, shape, axes = row.layer, row.input.shape, len(row.input.axes)
    match layer:
        case DenseLayer():
            return [f"nn.Linear({shape[0]}, {layer.units})"]
        case Conv1dLayer() | Conv2dLayer():
            used = {"stride": (layer.stride, 1), "padding": (layer.zeros, 0), "dilation": (layer.dilation, 1)}
            used |= {"groups": (layer.groups, 1)}
            return [f"nn.Conv{axes}d({_arguments([shape[0], layer.channels, layer.kernel], used)})"]
        case ConvTransposeLayer():
            used = {"stride": (layer.stride, 1), "padding": (layer.padding, 0)}
            used |= {"output_padding": (layer.output_padding, 0)}
            return [f"nn.ConvTranspose2d({_arguments([shape[0], layer.channels, layer.kernel], used)})"]
        case MaxPoolLayer() | AvgPoolLayer():
            used = {"stride": (layer.step, layer.kernel), "padding": (layer.padding, 0)}
            kind = "Max" if isinstance(layer, MaxPoolLayer) else "Avg"
            return [f"nn.{kind}Pool{axes}d({_arguments([layer.kernel], used)})"]
        case GlobalAvgPoolLayer():
            return [f"nn.AdaptiveAvgPool{axes}d(1)", "nn.Flatten()"]
        case UpsampleLayer():
            linear = "linear" if axes == 1 else "bilinear"
            mode = linear if layer.mode == "linear" else "nearest"
            return [f"nn.Upsample(scale_factor={layer.factor}, mode={mode!r})"]
        case FlattenLayer():
            return ["nn.Flatten()"]
        case DropoutLayer():
            return [f"nn.Dropout({layer.rate!r})"]
        case BatchNormLayer():
            return [f"nn.BatchNorm{2 if axes == 2 else 1}d({shape[0]})"]
        case LayerNormLayer():
            return [f"nn.LayerNorm({list(shape)})"]
        case ActivationLayer():
            return [activation_call(layer.function)]
        case EmbeddingLayer() | ResidualLayer():
            raise ValueError(f"layer: expected one of numbers, by itself; received {layer.kind}")
        case _:
            assert_never(layer)


def _arguments(first: list[int], used: dict[str, tuple[int, int]]) -> str:
    """The sizes, and by name those settings that are not what PyTorch takes anyhow: (value, PyTorch's own)."""
    named = {name: value for name, (value, usual) in used.items() if value != usual}
    return ", ".join([*map(str, first), *([keywords(named)] if named else [])])


def _shortcut(row: Row) -> str:
    if row.stride is None:
        return "nn.Identity()"
    before, after = row.input.shape[0], row.output.shape[0]
    axes = len(row.input.axes)
    if not axes:
        return f"nn.Linear({before}, {after})"
    return f"nn.Conv{axes}d({_arguments([before, after, 1], {'stride': (row.stride, 1)})})"
