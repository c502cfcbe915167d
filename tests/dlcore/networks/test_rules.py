"""Where a layer of the right kind is refused, PyTorch refuses it too, and nowhere else."""

from __future__ import annotations

import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st
from torch import nn

from dlcore.networks.rules import Misfit, outcome, projection_stride, windows
from dlcore.networks.signal import Signal
from dlcore.specs.convolutions import Conv1dLayer, Conv2dLayer, ConvTransposeLayer
from dlcore.specs.layers import DenseLayer, EmbeddingLayer, FlattenLayer
from dlcore.specs.pooling import AvgPoolLayer, MaxPoolLayer
from tests.dlcore.networks.stacks import convolutions, pools, sides, transposed

Spatial = Conv1dLayer | Conv2dLayer | ConvTransposeLayer | MaxPoolLayer | AvgPoolLayer


def pytorch(layer: Spatial, channels: int, axes: int) -> nn.Module:
    """The layer written down anew: what PyTorch says of it is the oracle."""
    match layer:
        case Conv1dLayer() | Conv2dLayer():
            module: nn.Module = (nn.Conv1d if isinstance(layer, Conv1dLayer) else nn.Conv2d)(
                channels, layer.channels, layer.kernel, layer.stride, layer.padding, layer.dilation, layer.groups
            )
        case ConvTransposeLayer():
            module = nn.ConvTranspose2d(
                channels, layer.channels, layer.kernel, layer.stride, layer.padding, layer.output_padding
            )
        case MaxPoolLayer() | AvgPoolLayer():
            kind = ("Max" if isinstance(layer, MaxPoolLayer) else "Avg") + f"Pool{axes}d"
            module = getattr(nn, kind)(layer.kernel, layer.stride, layer.padding)
    return module


@settings(deadline=None)
@given(
    layer=st.one_of(convolutions(), pools(), transposed()), channels=st.integers(1, 6), sizes=st.tuples(sides, sides)
)
def test_a_layer_fits_exactly_where_pytorch_says_so(layer: Spatial, channels: int, sizes: tuple[int, int]) -> None:
    axes = 1 if isinstance(layer, Conv1dLayer) else 2
    shape = (channels, *sizes[:axes])
    try:
        real = tuple(pytorch(layer, channels, axes)(torch.zeros(1, *shape)).shape[1:])
    except (RuntimeError, ValueError):
        real = None
    if real is not None and 0 in real:
        real = None  # a transposed convolution may cut everything away; a map without places is of no use here
    try:
        ours = outcome(layer, Signal(shape=shape)).output.shape
    except Misfit:
        ours = None
    assert ours == real


@settings(deadline=None)
@given(n=st.integers(1, 40), stride=st.integers(1, 9))
def test_a_projection_has_the_stride_of_the_layers_beside_it(n: int, stride: int) -> None:
    shape = nn.Conv1d(1, 1, 1, stride=stride)(torch.zeros(1, 1, n)).shape[1:]
    found = projection_stride(Signal(shape=(1, n)), Signal(shape=tuple(shape)))
    assert found is not None
    assert found <= stride
    assert nn.Conv1d(1, 1, 1, stride=found)(torch.zeros(1, 1, n)).shape[1:] == shape


def test_no_projection_leads_to_a_larger_or_uneven_size() -> None:
    assert projection_stride(Signal(shape=(1, 8)), Signal(shape=(1, 6))) is None
    assert projection_stride(Signal(shape=(1, 8)), Signal(shape=(1, 16))) is None
    assert projection_stride(Signal(shape=(1, 8, 8)), Signal(shape=(1, 4, 8))) is None
    assert projection_stride(Signal(shape=(1, 8, 8)), Signal(shape=(64,))) is None
    assert projection_stride(Signal(shape=(9,)), Signal(shape=(4,))) == 1


def test_windows_by_hand() -> None:
    assert windows(28, 4, 1, 0) == 24
    assert windows(7, 1, 2, 0) == 3
    with pytest.raises(Misfit, match=r"^at least 3 along each axis$"):
        windows(2, 4, 1, 2)


def test_tokens_are_for_embeddings_alone() -> None:
    tokens = Signal(shape=(5,), tokens=9)
    assert outcome(EmbeddingLayer(vocabulary=9, width=3), tokens).output.shape == (3, 5)
    with pytest.raises(Misfit, match=r"^numbers, not tokens$"):
        outcome(FlattenLayer(), tokens)
    with pytest.raises(Misfit, match=r"^a vocabulary of all 9 tokens; its own is 8$"):
        outcome(EmbeddingLayer(vocabulary=8), tokens)
    with pytest.raises(Misfit, match="whole numbers, and stands first"):
        outcome(EmbeddingLayer(), Signal(shape=(5,)))


def test_a_dense_layer_wants_its_inputs_in_a_row() -> None:
    assert outcome(DenseLayer(units=3), Signal(shape=(5,))).parameters == 18
    with pytest.raises(Misfit, match=r"^its inputs in one row$"):
        outcome(DenseLayer(), Signal(shape=(5, 1)))
