"""Networks to begin with, as lists of layers: from a single layer to a small residual network."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from dlcore.networks.signal import Signal
from dlcore.specs.layers import Layer, StackSpec


@dataclass(frozen=True, slots=True, kw_only=True)
class StartingPoint:
    """One network, made for samples like `given` and `scores` scores at its end; `repair` fits it to others.

    `data`: the plain values of the data set that it comes with, where others would leave little of it.
    """

    name: str
    title: str
    summary: str
    given: Signal
    scores: int
    layers: tuple[Layer, ...]
    data: Mapping[str, Any] | None = None


_RELU = {"kind": "activation", "function": "relu"}
_TANH = {"kind": "activation", "function": "tanh"}
_NORM = {"kind": "batch_norm"}
_FLATTEN = {"kind": "flatten"}
_TEN_CLASSES = {"kind": "dense", "units": 10}


def _conv(channels: int, **settings: Any) -> dict[str, Any]:
    return {"kind": "conv2d", "channels": channels, "padding": "same"} | settings


def _block(channels: int, *, stride: int = 1) -> list[dict[str, Any]]:
    # the first convolution of a narrowing block strides, and its projection with it
    first = _conv(channels) if stride == 1 else _conv(channels, stride=stride, padding=1)
    shortcut = "identity" if stride == 1 else "projection"
    return [
        {"kind": "residual", "layers": [first, _NORM, _RELU, _conv(channels), _NORM], "shortcut": shortcut},
        _RELU,
    ]


def _layers(*values: Mapping[str, Any]) -> tuple[Layer, ...]:
    return StackSpec.parse({"layers": values}).layers


_DIGIT = Signal(shape=(1, 28, 28))

STARTING_POINTS = (
    StartingPoint(
        name="softmax",
        title="Softmax regression",
        summary="One layer: each class weighs the pixels by itself, and its weights are a picture of what it seeks.",
        given=_DIGIT,
        scores=10,
        layers=_layers(_FLATTEN, _TEN_CLASSES),
    ),
    StartingPoint(
        name="mlp",
        title="MLP",
        summary="Two hidden layers of dense units: better, yet a digit moved by some pixels is another digit to it.",
        given=_DIGIT,
        scores=10,
        layers=_layers(
            _FLATTEN,
            {"kind": "dense", "units": 128},
            _RELU,
            {"kind": "dense", "units": 64},
            _RELU,
            _TEN_CLASSES,
        ),
    ),
    StartingPoint(
        name="lenet5",
        title="LeNet-5",
        summary="The network that read cheques: two convolutions with pooling, then dense layers (LeCun et al., 1998).",
        given=_DIGIT,
        scores=10,
        layers=_layers(
            _conv(6, kernel=5),
            _TANH,
            {"kind": "avg_pool", "kernel": 2},
            _conv(16, kernel=5, padding=0),
            _TANH,
            {"kind": "avg_pool", "kernel": 2},
            _FLATTEN,
            {"kind": "dense", "units": 120},
            _TANH,
            {"kind": "dense", "units": 84},
            _TANH,
            _TEN_CLASSES,
        ),
    ),
    StartingPoint(
        name="small_vgg",
        title="Small VGG",
        summary="Pairs of 3 × 3 convolutions, then pooling, twice over: depth from simple parts "
        "(after Simonyan and Zisserman, 2015).",
        given=_DIGIT,
        scores=10,
        layers=_layers(
            *(_conv(8), _NORM, _RELU, _conv(8), _NORM, _RELU, {"kind": "max_pool"}),
            *(_conv(16), _NORM, _RELU, _conv(16), _NORM, _RELU, {"kind": "max_pool"}),
            *(_FLATTEN, {"kind": "dense", "units": 64}, _RELU, {"kind": "dropout", "rate": 0.3}, _TEN_CLASSES),
        ),
    ),
    StartingPoint(
        name="small_resnet",
        title="Small ResNet",
        summary="Two residual blocks, the second of which halves the map: what each adds to its input is learned "
        "(after He et al., 2016).",
        given=_DIGIT,
        scores=10,
        # a global average at the end, as large ones have, let the test accuracy jump by 0.3 from epoch to epoch here
        layers=_layers(
            *(_conv(8), _NORM, _RELU, {"kind": "max_pool"}),
            *_block(8),
            *_block(16, stride=2),
            *(_FLATTEN, _TEN_CLASSES),
        ),
    ),
    StartingPoint(
        name="conv1d",
        title="1-D convolution",
        summary="Kernels that slide along a series, and one number to predict from what they find.",
        given=Signal(shape=(1, 48)),
        scores=1,
        data={"kind": "series", "name": "waves"},
        layers=_layers(
            {"kind": "conv1d", "channels": 16, "kernel": 5, "padding": "same"},
            _RELU,
            {"kind": "max_pool"},
            {"kind": "conv1d", "channels": 16, "kernel": 5, "padding": "same"},
            _RELU,
            {"kind": "max_pool"},
            _FLATTEN,
            {"kind": "dense", "units": 32},
            _RELU,
            {"kind": "dense", "units": 1},
        ),
    ),
)
