"""Which kinds of layers there are, in the order of the menu; a new kind is a spec and a row here."""

from __future__ import annotations

from dataclasses import dataclass

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
from dlcore.training.rows import find


@dataclass(frozen=True, slots=True, kw_only=True)
class LayerKind:
    """One kind of layer: `child` is what its modules are called (with a number), `spec` gives its default settings.

    `group`: what it is for, in a few words under which menus list it.
    """

    name: str
    title: str
    group: str
    summary: str
    child: str
    spec: type[Layer]


LAYER_KINDS = (
    LayerKind(
        name="dense",
        title="Dense",
        group="Learned weights",
        summary="Every unit sees every input.",
        child="dense",
        spec=DenseLayer,
    ),
    LayerKind(
        name="conv2d",
        title="Convolution 2-D",
        group="Learned weights",
        summary="Small kernels slide over an image and answer where they find their pattern.",
        child="conv",
        spec=Conv2dLayer,
    ),
    LayerKind(
        name="conv1d",
        title="Convolution 1-D",
        group="Learned weights",
        summary="Small kernels slide along a series and answer where they find their pattern.",
        child="conv",
        spec=Conv1dLayer,
    ),
    LayerKind(
        name="activation",
        title="Activation",
        group="Functions",
        summary="Bends every value; what makes depth worth having.",
        child="activation",
        spec=ActivationLayer,
    ),
    LayerKind(
        name="max_pool",
        title="Max pooling",
        group="Size and shape",
        summary="Keeps the largest value of each window: smaller maps, and small shifts matter less.",
        child="pool",
        spec=MaxPoolLayer,
    ),
    LayerKind(
        name="avg_pool",
        title="Average pooling",
        group="Size and shape",
        summary="Keeps the mean of each window.",
        child="pool",
        spec=AvgPoolLayer,
    ),
    LayerKind(
        name="global_avg_pool",
        title="Global average pooling",
        group="Size and shape",
        summary="One number a channel: its mean over all places.",
        child="global_pool",
        spec=GlobalAvgPoolLayer,
    ),
    LayerKind(
        name="flatten",
        title="Flatten",
        group="Size and shape",
        summary="Puts all values in one row, as dense layers want them.",
        child="flatten",
        spec=FlattenLayer,
    ),
    LayerKind(
        name="dropout",
        title="Dropout",
        group="Steadier training",
        summary="Silences values at random while training, so that none is relied upon alone.",
        child="dropout",
        spec=DropoutLayer,
    ),
    LayerKind(
        name="batch_norm",
        title="Batch normalization",
        group="Steadier training",
        summary="Brings each channel to mean 0 and variance 1 over the batch; deep networks then learn faster.",
        child="norm",
        spec=BatchNormLayer,
    ),
    LayerKind(
        name="layer_norm",
        title="Layer normalization",
        group="Steadier training",
        summary="Brings the values of each sample to mean 0 and variance 1, whatever else is in the batch.",
        child="norm",
        spec=LayerNormLayer,
    ),
    LayerKind(
        name="residual",
        title="Residual block",
        group="Blocks",
        summary="Adds what its inner layers find to their input, so that gradients reach deep layers.",
        child="block",
        spec=ResidualLayer,
    ),
    LayerKind(
        name="upsample",
        title="Upsample",
        group="Size and shape",
        summary="Makes maps larger by repeating or blending their values.",
        child="upsample",
        spec=UpsampleLayer,
    ),
    LayerKind(
        name="conv_transpose",
        title="Transposed convolution",
        group="Learned weights",
        summary="Makes images larger with learned kernels: every value paints a small patch.",
        child="conv_transpose",
        spec=ConvTransposeLayer,
    ),
    LayerKind(
        name="embedding",
        title="Embedding",
        group="Learned weights",
        summary="Gives every token (a letter, a word) its own learned numbers.",
        child="embedding",
        spec=EmbeddingLayer,
    ),
)


def kind_of(layer: Layer) -> LayerKind:
    """The row of a layer's kind."""
    return find(LAYER_KINDS, layer.kind, "kind")
