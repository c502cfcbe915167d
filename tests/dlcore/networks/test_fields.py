"""A receptive field is where the gradient of a unit is not zero."""

from __future__ import annotations

import numpy as np
import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st
from torch import nn

from dlcore.networks.fields import first_field
from dlcore.networks.layers import build_layers
from dlcore.networks.shapes import walk
from dlcore.networks.signal import Signal
from dlcore.specs.layers import Layer, LayerNormLayer, StackSpec
from tests.dlcore.networks.stacks import convolutions, fitting, pools, transposed, upsamples

images = st.builds(Signal, shape=st.tuples(st.integers(1, 2), st.integers(1, 7), st.integers(1, 7)))
series = st.builds(Signal, shape=st.tuples(st.integers(1, 2), st.integers(1, 20)))
planes = st.one_of(convolutions(planes=True), convolutions(planes=True), pools(), transposed(), upsamples)
lines = st.one_of(convolutions(planes=False), convolutions(planes=False), pools(), upsamples)


def seen(network: nn.Sequential, signal: Signal) -> np.ndarray:
    """(output places …, input places …) bool: the gradient of the output there with respect to the input is not zero.

    In image p of the batch the place p shines, so that a maximum over places that see p comes from one that does.
    Weights are positive: no two ways cancel out.
    """
    for parameter in network.parameters():
        parameter.data.uniform_(0.5, 1.0)
    places = signal.shape[1:]
    count = int(np.prod(places))
    x = torch.rand(count, signal.shape[0], count, dtype=torch.float64)
    x[torch.arange(count), :, torch.arange(count)] += 1e6
    x = x.reshape(count, *signal.shape).requires_grad_()
    y = network.double()(x).sum(dim=1)
    found = []
    for unit in range(y[0].numel()):
        (gradient,) = torch.autograd.grad(y.flatten(1)[:, unit].sum(), x, retain_graph=True)
        found.append((gradient.sum(dim=1).flatten(1).diagonal() != 0).numpy())
    return np.array(found).reshape(*y.shape[1:], *places)


def rectangle(mask: np.ndarray) -> list[tuple[int, int]] | None:
    """First and last place along each axis of the smallest rectangle round what is true; None where nothing is."""
    return [(int(at.min()), int(at.max())) for at in np.nonzero(mask)] if mask.any() else None


def check(signal: Signal, layers: tuple[Layer, ...]) -> None:
    rows = walk(layers, signal).rows
    field = rows[-1].field if rows else first_field(signal)
    real = seen(build_layers(layers, signal).eval(), signal)
    units = real.shape[: real.ndim - len(signal.axes)]
    largest = [0] * len(signal.axes)
    for unit in np.ndindex(units):
        told = [
            (int(first[place]), int(last[place]))
            for first, last, place in zip(field.first, field.last, unit or (0,) * len(field.first), strict=True)
        ]
        found = rectangle(real[unit])
        # a unit that sees padding alone along one axis sees nothing at all
        assert found == (told if all(first <= last for first, last in told) else None)
        if found is not None:
            largest = [max(old, last - first + 1) for old, (first, last) in zip(largest, found, strict=True)]
    if any(largest):
        assert list(field.size) == largest


def few_units(case: tuple[Signal, tuple[Layer, ...]]) -> bool:
    return walk(case[1], case[0]).output.size <= 120  # each takes a gradient


@settings(deadline=None, max_examples=40)
@given(case=fitting(images, st.lists(planes, max_size=4)).filter(few_units))
def test_units_of_images_see_what_their_gradients_say(case: tuple[Signal, tuple[Layer, ...]]) -> None:
    check(*case)


@settings(deadline=None, max_examples=40)
@given(case=fitting(series, st.lists(lines, max_size=5)).filter(few_units))
def test_units_of_series_see_what_their_gradients_say(case: tuple[Signal, tuple[Layer, ...]]) -> None:
    check(*case)


@pytest.mark.parametrize("shortcut", ["identity", "projection"])
def test_a_block_sees_what_its_inner_layers_and_its_shortcut_see(shortcut: str) -> None:
    same = {"kind": "conv2d", "channels": 2, "padding": "same"}
    smaller = {"kind": "conv2d", "channels": 2, "kernel": 1, "stride": 2}
    inner = [same, same] if shortcut == "identity" else [same, {**same, "padding": 1, "stride": 2}]
    block = {"kind": "residual", "layers": inner, "shortcut": shortcut}
    narrow = {"kind": "residual", "layers": [smaller], "shortcut": "projection"}
    check(Signal(shape=(2, 7, 6)), StackSpec.parse({"layers": [block, narrow, {"kind": "upsample"}, block]}).layers)


@pytest.mark.parametrize("kind", ["dense", "global_avg_pool"])
def test_the_whole_map_is_seen_through_a_layer_that_mixes_all_places(kind: str) -> None:
    layers = [{"kind": "max_pool"}, *([{"kind": "flatten"}] if kind == "dense" else []), {"kind": kind}]
    walked = walk(StackSpec.parse({"layers": layers}).layers, Signal(shape=(1, 5, 7)))
    assert walked.rows[-1].receptive_field == (4, 6)  # the pool leaves the last row and column out
    assert walked.rows[0].receptive_field == (2, 2)


def test_layer_normalization_lets_every_value_see_all() -> None:
    check_all = walk((LayerNormLayer(),), Signal(shape=(1, 4, 5)))
    assert check_all.rows[0].receptive_field == (4, 5)


def test_values_in_a_row_are_places_of_one_axis() -> None:
    walked = walk(StackSpec.parse({"layers": [{"kind": "activation"}, {"kind": "dense"}]}).layers, Signal(shape=(9,)))
    assert [row.receptive_field for row in walked.rows] == [(1,), (9,)]


def test_the_formula_of_textbooks_holds_amid_a_large_image() -> None:
    layers = [
        {"kind": "conv2d", "kernel": 3, "dilation": 2},
        {"kind": "max_pool"},
        {"kind": "conv2d", "kernel": 5, "stride": 2},
        {"kind": "conv2d", "kernel": 3},
    ]
    walked = walk(StackSpec.parse({"layers": layers}).layers, Signal(shape=(1, 64, 64)))
    assert [row.receptive_field for row in walked.rows] == [(n, n) for n in (5, 6, 6 + 4 * 2, 14 + 2 * 4)]
