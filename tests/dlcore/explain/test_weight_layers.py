from __future__ import annotations

import pytest
import torch
from torch import nn

from dlcore.explain.weight_layers import title_of, update_sizes, weight_layers
from dlcore.networks.layers import build_layers
from dlcore.networks.signal import Signal
from dlcore.specs.layers import StackSpec

STACK = StackSpec.parse(
    {
        "layers": [
            {"kind": "conv2d", "channels": 4},
            {"kind": "layer_norm"},
            {
                "kind": "residual",
                "layers": [{"kind": "conv2d", "channels": 6, "padding": "same"}, {"kind": "batch_norm"}],
                "shortcut": "projection",
            },
            {"kind": "conv_transpose", "channels": 2},
            {"kind": "flatten"},
            {"kind": "dense", "units": 3},
        ]
    }
)


def test_all_that_weighs_is_found_in_order_and_nothing_else() -> None:
    network = build_layers(STACK.layers, Signal(shape=(1, 6, 6)))
    found = weight_layers(network)
    assert [(layer.name, layer.title) for layer in found] == [
        ("conv1", "Conv 1"),
        ("block1.layers.conv1", "Block 1: conv 1"),
        ("block1.shortcut", "Block 1: shortcut"),
        ("conv_transpose1", "Conv transpose 1"),
        ("dense1", "Dense 1"),
    ]
    parameters = list(network.parameters())
    for layer in found:
        assert network.get_submodule(layer.name) is layer.module
        assert parameters[layer.place] is layer.weight is layer.module.weight


def test_lengths_are_those_of_the_gradient_and_the_step() -> None:
    first, second = nn.Parameter(torch.tensor([3.0, 4.0])), nn.Parameter(torch.tensor([0.0, 2.0]))
    assert update_sizes(("a", "b"), (first, second), (first.detach(), second.detach())) == {}
    first.grad, second.grad = torch.tensor([6.0, 8.0]), torch.tensor([0.0, 1.0])
    before = [torch.tensor([3.0, 0.0]), torch.tensor([0.0, 0.0])]
    assert update_sizes(("a", "b"), (first, second), before) == {
        "gradient_norm/a": pytest.approx(10.0),
        "gradient_norm/b": pytest.approx(1.0),
        "update_ratio/a": pytest.approx(4 / 3),
    }


@pytest.mark.parametrize(
    ("name", "title"),
    [
        ("conv1", "Conv 1"),
        ("block2.layers.conv1", "Block 2: conv 1"),
        ("block2.shortcut", "Block 2: shortcut"),
        ("down.0.conv2", "Down 1: conv 2"),
        ("enlarge.2", "Enlarge 3"),
    ],
)
def test_names_as_learners_read_them(name: str, title: str) -> None:
    assert title_of(name) == title
