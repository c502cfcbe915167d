"""From a list of layers to a module; its shapes and costs are checked in test_shapes."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
import torch
from torch import nn

from dlcore.networks.layers import build_layers
from dlcore.networks.signal import Signal
from dlcore.specs.layers import StackSpec
from dlcore.training.activations import ACTIVATIONS


def build(layers: list[dict[str, Any]], *shape: int) -> nn.Sequential:
    return build_layers(StackSpec.parse({"layers": layers}).layers, Signal(shape=shape))


def test_children_carry_the_names_that_learners_see() -> None:
    inner = [{"kind": "conv2d", "channels": 4, "padding": 1}, {"kind": "batch_norm"}]
    conv = {"kind": "conv2d", "channels": 4}
    network = build(
        [
            conv,
            {"kind": "activation"},
            {"kind": "max_pool"},
            {"kind": "residual", "layers": inner},
            conv,
            {"kind": "flatten"},
        ],
        *(1, 12, 12),
    )
    assert [name for name, _ in network.named_children()] == [
        "conv1",
        "activation1",
        "pool1",
        "block1",
        "conv2",
        "flatten1",
    ]
    assert isinstance(network.get_submodule("block1.layers.norm1"), nn.BatchNorm2d)
    assert list(network.state_dict())[2] == "block1.layers.conv1.weight"


def test_settings_reach_the_modules() -> None:
    settings = {"channels": 6, "kernel": 5, "stride": 2, "padding": 3, "dilation": 2, "groups": 2}
    conv = build([{"kind": "conv2d", **settings}], 4, 20, 20).get_submodule("conv1")
    assert isinstance(conv, nn.Conv2d)
    assert (conv.in_channels, conv.out_channels, conv.groups) == (4, 6, 2)
    assert (conv.kernel_size, conv.stride, conv.padding, conv.dilation) == ((5, 5), (2, 2), (3, 3), (2, 2))
    dropout = build([{"kind": "dropout", "rate": 0.3}], 4).get_submodule("dropout1")
    assert isinstance(dropout, nn.Dropout)
    assert dropout.p == 0.3


def test_the_same_weights_give_what_functions_give() -> None:
    torch.manual_seed(3)
    network = build(
        [
            {"kind": "conv2d", "channels": 3, "padding": "same"},
            {"kind": "activation", "function": "tanh"},
            {"kind": "max_pool", "kernel": 3, "stride": 2, "padding": 1},
            {"kind": "upsample", "mode": "linear"},
            {"kind": "layer_norm"},
            {"kind": "conv_transpose", "channels": 2},
            {"kind": "global_avg_pool"},
            {"kind": "dense", "units": 4},
        ],
        *(2, 9, 7),
    )
    x = torch.randn(5, 2, 9, 7)
    values = network.state_dict()
    y = torch.tanh(nn.functional.conv2d(x, values["conv1.weight"], values["conv1.bias"], padding=1))
    y = nn.functional.max_pool2d(y, 3, 2, 1)
    y = nn.functional.interpolate(y, scale_factor=2, mode="bilinear", align_corners=False)
    y = (y - y.mean(dim=(1, 2, 3), keepdim=True)) / torch.sqrt(y.var(dim=(1, 2, 3), keepdim=True, correction=0) + 1e-5)
    y = nn.functional.conv_transpose2d(y, values["conv_transpose1.weight"], values["conv_transpose1.bias"], stride=2)
    y = y.mean(dim=(2, 3)) @ values["dense1.weight"].T + values["dense1.bias"]
    torch.testing.assert_close(network(x), y)


@pytest.mark.parametrize("row", [row for row in ACTIVATIONS if row.hidden], ids=lambda row: row.name)
def test_every_activation_can_be_stacked(row: Any) -> None:
    network = build([{"kind": "activation", "function": row.name}], 2, 3)
    x = torch.linspace(-2, 2, 6).reshape(1, 2, 3)
    torch.testing.assert_close(network(x), getattr(nn, row.module)(**row.arguments)(x))


def test_the_seed_alone_decides_the_first_weights() -> None:
    layers = [{"kind": "conv1d"}, {"kind": "flatten"}, {"kind": "dense"}]
    values = []
    for seed in (1, 1, 2):
        torch.manual_seed(seed)
        values.append(torch.cat([p.detach().flatten() for p in build(layers, 1, 9).parameters()]).numpy())
    assert np.array_equal(values[0], values[1])
    assert not np.array_equal(values[0], values[2])


def test_first_weights_are_drawn_anew_after_the_layers_are_made() -> None:
    dense = {"kind": "dense", "units": 3}
    stack = StackSpec.parse({"layers": [dense, {"kind": "residual", "layers": [dense]}, dense]}).layers
    networks = {}
    for name in ("default", "he"):
        torch.manual_seed(1)
        networks[name] = build_layers(stack, Signal(shape=(2,)), initialization=name)
    torch.manual_seed(1)
    plain = [nn.Linear(2, 3), nn.Linear(3, 3), nn.Linear(3, 3)]
    for name, layer in zip(("dense1", "block1.layers.dense1", "dense2"), plain, strict=True):
        assert torch.equal(networks["default"].get_parameter(f"{name}.weight"), layer.weight)
        drawn = nn.init.kaiming_normal_(torch.empty_like(layer.weight), nonlinearity="relu")
        assert torch.equal(networks["he"].get_parameter(f"{name}.weight"), drawn)
    with pytest.raises(ValueError, match=r"^initialization: expected one of xavier, .*; received 'ones'$"):
        build_layers(stack, Signal(shape=(2,)), initialization="ones")


def test_a_layer_that_does_not_fit_is_refused_in_a_sentence() -> None:
    with pytest.raises(ValueError, match=r"^Layer 2 \(Dense\) gets 8 × 6 × 6 .* it needs its inputs in one row\.$"):
        build([{"kind": "conv2d"}, {"kind": "dense"}], 1, 8, 8)


def test_a_network_over_a_limit_is_refused_before_it_takes_memory() -> None:
    wide = {"kind": "dense", "units": 4096}
    with pytest.raises(
        ValueError, match=r"^This network has [\d,]+ parameters, and 5,000,000 are allowed; layer 2 alone"
    ):
        build([wide, wide], 4)
