"""The walk's word about a network is what PyTorch does: shapes, parameters, multiply-adds, memory, receptive fields."""

from __future__ import annotations

import subprocess
import sys
from typing import Any

import numpy as np
import pytest
import torch
from hypothesis import given, settings
from torch import Tensor, nn
from torch.utils.flop_counter import FlopCounterMode

from dlcore.networks.layers import build_layers
from dlcore.networks.residual import Residual
from dlcore.networks.shapes import Row, every_row, walk
from dlcore.networks.signal import Signal
from dlcore.specs.layers import Layer, StackSpec
from tests.dlcore.networks.stacks import networks

Case = tuple[Signal, tuple[Layer, ...]]


def batch(signal: Signal, n: int = 3) -> Tensor:
    torch.manual_seed(0)
    return torch.randint(signal.tokens, (n, *signal.shape)) if signal.tokens else torch.randn(n, *signal.shape)


@pytest.mark.slow
@settings(deadline=None)
@given(case=networks())
def test_shapes_and_parameters_are_those_of_pytorch(case: Case) -> None:
    signal, layers = case
    walked = walk(layers, signal)
    network = build_layers(layers, signal).eval()  # batch statistics need more than one value a channel
    rows = {row.name: row for row in every_row(walked.rows)}
    seen: dict[str, tuple[int, ...]] = {}
    for name in rows:
        network.get_submodule(name).register_forward_hook(
            lambda _module, _inputs, output, name=name: seen.update({name: tuple(output.shape)})
        )
    output = network(batch(signal))
    assert tuple(output.shape) == (3, *walked.output.shape)
    assert seen == {name: (3, *row.output.shape) for name, row in rows.items()}
    for name, row in rows.items():
        assert sum(p.numel() for p in network.get_submodule(name).parameters()) == row.parameters
    assert sum(p.numel() for p in network.parameters()) == walked.parameters


@pytest.mark.slow
@settings(deadline=None)
@given(case=networks())
def test_multiply_adds_are_half_of_what_pytorch_counts(case: Case) -> None:
    signal, layers = case
    network = build_layers(layers, signal).eval()
    with FlopCounterMode(display=False) as counter:
        network(batch(signal, 1))
    assert counter.get_total_flops() == 2 * walk(layers, signal).multiply_adds


@pytest.mark.slow
@settings(deadline=None)
@given(case=networks())
def test_memory_is_that_of_the_tensors_that_layers_make(case: Case) -> None:
    signal, layers = case
    network = build_layers(layers, signal).train()
    kept: list[Tensor] = []
    for module in network.modules():
        if isinstance(module, nn.modules.batchnorm._BatchNorm):
            module.eval()  # it refuses a single value a channel while training
    x = batch(signal)
    for module in network.modules():
        if not list(module.children()) or isinstance(module, Residual):
            module.register_forward_hook(lambda _module, _inputs, output: kept.append(output))
    network(x)
    storages = {tensor.untyped_storage().data_ptr(): tensor.untyped_storage().nbytes() for tensor in kept}
    storages.pop(x.untyped_storage().data_ptr(), None)
    assert sum(storages.values()) == 3 * walk(layers, signal).memory


def lenet() -> tuple[Layer, ...]:
    values: list[dict[str, Any]] = [
        {"kind": "conv2d", "channels": 6, "kernel": 5, "padding": 2},
        {"kind": "activation", "function": "tanh"},
        {"kind": "avg_pool"},
        {"kind": "conv2d", "channels": 16, "kernel": 5},
        {"kind": "activation", "function": "tanh"},
        {"kind": "avg_pool"},
        {"kind": "flatten"},
        {"kind": "dense", "units": 120},
        {"kind": "dense", "units": 84},
        {"kind": "dense", "units": 10},
    ]
    return StackSpec.parse({"layers": values}).layers


def test_lenet_5_by_hand() -> None:
    walked = walk(lenet(), Signal(shape=(1, 28, 28)), scores=10)
    assert walked.problem is None
    assert [row.name for row in walked.rows] == [
        *("conv1", "activation1", "pool1", "conv2", "activation2", "pool2"),
        *("flatten1", "dense1", "dense2", "dense3"),
    ]
    assert [row.output.shape for row in walked.rows[:7]] == [
        *((6, 28, 28), (6, 28, 28), (6, 14, 14), (16, 10, 10), (16, 10, 10), (16, 5, 5), (400,))
    ]
    assert [row.parameters for row in walked.rows] == [156, 0, 0, 2416, 0, 0, 0, 48120, 10164, 850]
    assert walked.parameters == 61706  # the figure known for LeNet-5 with all maps connected
    assert walked.multiply_adds == 117600 + 240000 + 48000 + 10080 + 840
    assert [row.receptive_field for row in walked.rows[:8]] == [
        *((5, 5), (5, 5), (6, 6), (14, 14), (14, 14), (16, 16), (16, 16), (28, 28))
    ]
    assert walked.rows[0].memory == 4 * 6 * 28 * 28
    assert walked.rows[6].memory == 0


@pytest.mark.parametrize(
    ("layers", "shape", "path", "sentence"),
    [
        (
            [{"kind": "conv2d"}, {"kind": "dense"}],
            (1, 8, 8),
            (1,),
            "Layer 2 (Dense) gets 8 × 6 × 6 (channels × height × width); it needs its inputs in one row.",
        ),
        (
            [{"kind": "max_pool"}, {"kind": "max_pool", "kernel": 5}],
            (3, 8, 8),
            (1,),
            "Layer 2 (Max pooling) gets 3 × 4 × 4 (channels × height × width); it needs at least 5 along each axis.",
        ),
        (
            [{"kind": "conv2d", "channels": 8, "groups": 4}],
            (3, 8, 8),
            (0,),
            "Layer 1 (Convolution 2-D) gets 3 × 8 × 8 (channels × height × width); it needs a number of channels that "
            "its 4 groups divide.",
        ),
        (
            [{"kind": "residual", "layers": [{"kind": "dense", "units": 4}, {"kind": "conv1d"}]}],
            (4,),
            (0, 1),
            "Layer 1, inner layer 2 (Convolution 1-D) gets 4 values in a row; it needs a series, (channels, length).",
        ),
        (
            [{"kind": "residual"}],
            (4, 5, 5),
            (0,),
            "Layer 1 (Residual block) gets 4 × 5 × 5 (channels × height × width); it needs inner layers that give the "
            "same again, because their output is added to it; they give 8 × 5 × 5 (channels × height × width).",
        ),
        (
            [{"kind": "dense"}],
            (4,),
            (1,),
            "The network ends with 32 values in a row; these data need 10 scores, one a class.",
        ),
    ],
)
def test_what_does_not_fit_is_said_in_a_sentence(
    layers: list[dict[str, Any]], shape: tuple[int, ...], path: tuple[int, ...], sentence: str
) -> None:
    walked = walk(StackSpec.parse({"layers": layers}).layers, Signal(shape=shape), scores=10)
    assert walked.problem is not None
    assert walked.problem.path == path
    assert walked.problem.sentence == sentence
    assert len(walked.rows) == path[0]


def test_a_projection_strides_as_its_inner_layers_do() -> None:
    inner = [{"kind": "conv2d", "channels": 8, "stride": 2, "padding": 1}]
    block = StackSpec.parse({"layers": [{"kind": "residual", "layers": inner, "shortcut": "projection"}]}).layers
    row: Row = walk(block, Signal(shape=(4, 9, 9))).rows[0]
    assert (row.stride, row.output.shape, row.inner[0].name) == (2, (8, 5, 5), "block1.layers.conv1")
    assert row.parameters == (4 * 9 + 1) * 8 + (4 + 1) * 8
    assert row.memory == 4 * 3 * 8 * 25
    assert [np.asarray(places).tolist() for places in row.field.first] == [[0, 1, 3, 5, 7]] * 2


def test_maps_that_no_memory_holds_are_refused_at_once() -> None:
    layers = StackSpec.parse({"layers": [{"kind": "upsample", "factor": 4}] * 48}).layers
    problem = walk(layers, Signal(shape=(1, 28, 28))).problem
    assert problem is not None
    assert "values a sample, and 16,000,000 are allowed" in problem.sentence


def test_no_torch_is_needed() -> None:
    modules = ", ".join(f"dlcore.networks.{name}" for name in ("shapes", "repairs", "totals", "starting_points"))
    code = f"import {modules}, sys; print('torch' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout == "False\n"
