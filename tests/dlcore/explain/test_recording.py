from __future__ import annotations

import pytest
import torch
from torch import nn

from dlcore.explain.recording import record
from dlcore.networks.layers import build_layers
from dlcore.networks.signal import Signal
from dlcore.specs.layers import StackSpec

STACK = StackSpec.parse(
    {
        "layers": [
            {"kind": "conv2d", "channels": 4, "kernel": 3, "padding": "same"},
            {"kind": "activation", "function": "relu"},
            {
                "kind": "residual",
                "layers": [{"kind": "conv2d", "channels": 4, "kernel": 3, "padding": "same"}, {"kind": "batch_norm"}],
            },
            {"kind": "global_avg_pool"},
            {"kind": "dropout", "rate": 0.5},
            {"kind": "dense", "units": 3},
        ]
    }
)


def network() -> nn.Sequential:
    torch.manual_seed(0)
    made = build_layers(STACK.layers, Signal(shape=(1, 6, 6)))
    made(torch.rand(20, 1, 6, 6))  # batch normalization has seen something
    return made


def test_it_keeps_what_a_forward_pass_by_hand_gives() -> None:
    made = network()
    x = torch.rand(5, 1, 6, 6)
    names = ("conv1", "activation1", "block1", "block1.layers.conv1", "global_pool1", "dense1")
    output, kept = record(made, x, names)
    assert not made.training
    conv, block = made.get_submodule("conv1"), made.get_submodule("block1")
    first = conv(x)
    bent = first.clamp_min(0)
    inner = block.get_submodule("layers.conv1")(bent)
    summed = block.get_submodule("layers.norm1")(inner) + bent
    mean = summed.mean(dim=(2, 3))
    scores = made.get_submodule("dense1")(mean)
    expected = (first, bent, summed, inner, mean, scores)
    for name, value in zip(names, expected, strict=True):
        torch.testing.assert_close(kept[name].output, value)
    torch.testing.assert_close(kept["block1.layers.conv1"].input, bent)
    assert torch.equal(output, kept["dense1"].output)


def test_only_the_first_rows_are_kept() -> None:
    made, x = network(), torch.rand(5, 1, 6, 6)
    _, whole = record(made, x, ["conv1"])
    output, kept = record(made, x, ["conv1"], rows=2)
    assert len(output) == 5
    assert torch.equal(kept["conv1"].output, whole["conv1"].output[:2])
    assert torch.equal(kept["conv1"].input, x[:2])


def test_gradients_reach_what_was_kept() -> None:
    made, x = network(), torch.rand(1, 1, 6, 6)
    output, kept = record(made, x, ["conv1"])
    (gradient,) = torch.autograd.grad(output[0, 1], [kept["conv1"].output])
    nudged = kept["conv1"].output.detach().clone()
    nudged[0, 2, 3, 3] += 1e-3
    after = nudged
    for name, module in made.named_children():
        after = after if name == "conv1" else module(after)
    slope = (after[0, 1] - output[0, 1]).item() / 1e-3
    assert slope == pytest.approx(gradient[0, 2, 3, 3].item(), abs=2e-3)


def test_nothing_stays_behind_even_after_a_mistake() -> None:
    made = network()
    with pytest.raises(AttributeError):
        record(made, torch.rand(1, 1, 6, 6), ["conv1", "conv9"])
    with pytest.raises(RuntimeError):
        record(made, torch.rand(1, 3, 6, 6), ["conv1"])
    assert not any(module._forward_hooks for module in made.modules())
