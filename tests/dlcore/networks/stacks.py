"""Hypothesis strategies for layers, lists of layers that may or may not fit, and samples to send through them."""

from __future__ import annotations

from hypothesis import assume
from hypothesis import strategies as st

from dlcore.networks.repairs import repair
from dlcore.networks.shapes import walk
from dlcore.networks.signal import Signal
from dlcore.specs.convolutions import Conv1dLayer, Conv2dLayer, ConvTransposeLayer
from dlcore.specs.edits import apply_edits
from dlcore.specs.layers import (
    ActivationLayer,
    BatchNormLayer,
    DenseLayer,
    DropoutLayer,
    EmbeddingLayer,
    FlattenLayer,
    Layer,
    LayerNormLayer,
    PlainLayer,
    ResidualLayer,
)
from dlcore.specs.pooling import AvgPoolLayer, GlobalAvgPoolLayer, MaxPoolLayer, UpsampleLayer

sides = st.integers(1, 10)
signals = st.one_of(
    st.builds(Signal, shape=st.tuples(st.integers(1, 8))),
    st.builds(Signal, shape=st.tuples(st.integers(1, 4), sides)),
    st.builds(Signal, shape=st.tuples(st.integers(1, 4), sides, sides)),
    st.builds(Signal, shape=st.tuples(st.integers(1, 8)), tokens=st.integers(1, 9)),
)


@st.composite
def convolutions(draw: st.DrawFn, *, planes: bool | None = None) -> Conv1dLayer | Conv2dLayer:
    """Any convolution with few channels; `planes`: over images, or along series (None: either)."""
    groups = draw(st.sampled_from([1, 1, 1, 2, 3]))
    same = draw(st.booleans())
    dilation = draw(st.integers(1, 3))
    settings = {
        "channels": groups * draw(st.integers(1, 3)),
        "kernel": draw(st.sampled_from([1, 3, 5]) if same and dilation != 2 else st.integers(1, 5)),
        "stride": 1 if same else draw(st.integers(1, 3)),
        "padding": "same" if same else draw(st.integers(0, 3)),
        "dilation": dilation,
        "groups": groups,
    }
    return (Conv2dLayer if (draw(st.booleans()) if planes is None else planes) else Conv1dLayer).parse(settings)


@st.composite
def pools(draw: st.DrawFn) -> MaxPoolLayer | AvgPoolLayer:
    """Any pooling with a small window."""
    kernel = draw(st.integers(1, 4))
    settings = {
        "kernel": kernel,
        "stride": draw(st.none() | st.integers(1, 3)),
        "padding": draw(st.integers(0, kernel // 2)),
    }
    return MaxPoolLayer.parse(settings) if draw(st.booleans()) else AvgPoolLayer.parse(settings)


@st.composite
def transposed(draw: st.DrawFn) -> ConvTransposeLayer:
    """Any transposed convolution with few channels."""
    stride = draw(st.integers(1, 3))
    return ConvTransposeLayer(
        channels=draw(st.integers(1, 4)),
        kernel=draw(st.integers(1, 4)),
        stride=stride,
        padding=draw(st.integers(0, 2)),
        output_padding=draw(st.integers(0, stride - 1)),
    )


upsamples = st.builds(UpsampleLayer, factor=st.sampled_from([2, 4]), mode=st.sampled_from(["nearest", "linear"]))
activations = st.builds(ActivationLayer, function=st.sampled_from(["linear", "relu", "tanh", "softplus"]))
plain: st.SearchStrategy[PlainLayer] = st.one_of(
    convolutions(),
    convolutions(),
    pools(),
    transposed(),
    upsamples,
    activations,
    st.builds(DenseLayer, units=st.integers(1, 6)),
    st.just(FlattenLayer()),
    st.just(GlobalAvgPoolLayer()),
    st.just(BatchNormLayer()),
    st.just(LayerNormLayer()),
    st.builds(DropoutLayer, rate=st.sampled_from([0.25, 0.5])),
    st.builds(EmbeddingLayer, vocabulary=st.integers(1, 12), width=st.integers(1, 5)),
)


@st.composite
def blocks(draw: st.DrawFn) -> ResidualLayer:
    """Any residual block of up to three layers."""
    return ResidualLayer(
        layers=tuple(draw(st.lists(plain, min_size=1, max_size=3))),
        shortcut=draw(st.sampled_from(["identity", "projection"])),
    )


lists: st.SearchStrategy[list[Layer]] = st.lists(st.one_of(plain, plain, plain, blocks()), max_size=7)


_anywhere = st.one_of(
    activations, st.just(BatchNormLayer()), st.just(LayerNormLayer()), st.sampled_from([DropoutLayer(rate=0.25)])
)
_spatial = st.one_of(pools(), pools(), upsamples, st.sampled_from([GlobalAvgPoolLayer(), FlattenLayer()]))
SUITABLE: dict[int, st.SearchStrategy[PlainLayer]] = {
    0: st.one_of(st.builds(DenseLayer, units=st.integers(1, 6)), _anywhere),
    1: st.one_of(convolutions(planes=False), convolutions(planes=False), _spatial, _anywhere),
    2: st.one_of(convolutions(planes=True), convolutions(planes=True), transposed(), _spatial, _anywhere),
}


@st.composite
def networks(draw: st.DrawFn) -> tuple[Signal, tuple[Layer, ...]]:
    """A sample and a list of layers that takes it, none too large to try: layer by layer one that suits, repaired."""
    signal: Signal = draw(signals)
    stack: tuple[Layer, ...] = ()
    for _ in range(draw(st.integers(0, 6))):
        now = walk(stack, signal).output
        if now.tokens:
            layer: Layer = draw(st.builds(EmbeddingLayer, vocabulary=st.integers(1, 12), width=st.integers(1, 5)))
        else:
            layer = draw(SUITABLE[len(now.axes)])
            if draw(st.integers(0, 3)) == 0:
                inner = (layer, *draw(st.lists(SUITABLE[len(now.axes)], max_size=2)))
                layer = ResidualLayer(layers=inner, shortcut=draw(st.sampled_from(["identity", "projection"])))
        stack = repaired(signal, (*stack, layer))
    assume(walk(stack, signal).memory < 500_000)
    return signal, stack


@st.composite
def fitting(
    draw: st.DrawFn,
    given: st.SearchStrategy[Signal],
    layers: st.SearchStrategy[list[Layer]],
) -> tuple[Signal, tuple[Layer, ...]]:
    """A sample and a list of layers that takes it, none too large to try: any list, repaired until it fits."""
    signal = draw(given)
    stack = repaired(signal, tuple(draw(layers)))
    assume(walk(stack, signal).memory < 500_000)
    return signal, stack


def repaired(signal: Signal, stack: tuple[Layer, ...]) -> tuple[Layer, ...]:
    """The layers with every remedy applied that is offered one after the other."""
    while (remedy := repair(stack, walk(stack, signal))) is not None:
        stack = apply_edits(stack, remedy.edits)
    return stack
