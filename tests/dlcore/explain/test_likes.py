from __future__ import annotations

import numpy as np
import pytest
import torch
from torch import nn
from torch.nn import functional as F

from dlcore.explain.likes import patch_of, strongest
from dlcore.networks.layers import build_layers
from dlcore.networks.shapes import walk
from dlcore.networks.signal import Signal
from dlcore.specs.layers import StackSpec

GIVEN = Signal(shape=(2, 9, 8))


def stack(**settings: int | str) -> StackSpec:
    relu, conv = {"kind": "activation", "function": "relu"}, {"kind": "conv2d", "channels": 3}
    block = {"kind": "residual", "layers": [conv | {"padding": "same"}], "shortcut": "identity"}
    return StackSpec.parse({"layers": [conv | settings, relu, block, relu, conv | {"channels": 4, "padding": "same"}]})


def made(**settings: int | str) -> tuple[nn.Sequential, torch.Tensor]:
    torch.manual_seed(0)
    network = build_layers(stack(**settings).layers, GIVEN).eval()
    return network, torch.rand(23, *GIVEN.shape)


def by_hand(network: nn.Sequential, x: torch.Tensor, name: str) -> torch.Tensor:
    """What the convolution of that name gives for all images at once."""
    y = network.conv1(x).relu()
    if name == "conv1":
        return network.conv1(x)
    inner = network.block1.layers.conv1
    y = F.conv2d(y, inner.weight, inner.bias, padding=1)
    return y if name != "conv2" else network.conv2((y + network.conv1(x).relu()).relu())


@pytest.mark.parametrize("name", ["conv1", "block1.layers.conv1", "conv2"])
def test_all_images_and_units_are_searched(name: str) -> None:
    network, x = made(padding=2, stride=2)
    found = strongest(network, name, x, top=5, at_once=7)
    assert found is not None
    maps = by_hand(network, x, name).detach().numpy()
    for a in range(maps.shape[1]):
        every = sorted(((float(maps[n, a].max()), n) for n in range(len(x))), key=lambda pair: (-pair[0], pair[1]))
        assert found.sample[a].tolist() == [n for _, n in every[:5]]
        np.testing.assert_allclose(found.value[a], [value for value, _ in every[:5]], rtol=1e-5)
        for b in range(5):
            unit = maps[found.sample[a, b], a, found.row[a, b], found.column[a, b]]
            assert unit == pytest.approx(found.value[a, b], rel=1e-5)
    assert len(set(found.sample[0])) == 5  # one patch an image


@pytest.mark.parametrize(
    "settings",
    [{"padding": 2}, {"padding": 2, "stride": 2, "kernel": 5}, {"padding": "same", "dilation": 2}, {"padding": 0}],
    ids=str,
)
def test_the_kernel_on_the_patch_gives_the_value(settings: dict[str, int | str]) -> None:
    network, x = made(**settings)
    row = walk(stack(**settings).layers, GIVEN).rows[0]
    found = strongest(network, "conv1", x, top=23, at_once=100)
    assert found is not None
    dilation, weight = network.conv1.dilation[0], network.conv1.weight.detach().numpy()
    touched = 0
    for a in range(3):
        for b in range(23):
            unit = int(found.row[a, b]), int(found.column[a, b])
            patch, (_, _, height, width) = patch_of(x[found.sample[a, b]].numpy(), row.field, *unit)
            assert patch.shape == (2, *row.field.size)
            total = (patch[:, ::dilation, ::dilation] * weight[a]).sum() + network.conv1.bias[a].item()
            assert total == pytest.approx(found.value[a, b], rel=1e-4)
            touched += height * width < patch[0].size
    assert (touched > 0) == (settings["padding"] != 0)  # some units see across the border


def test_a_field_as_large_as_the_image_begins_where_the_image_does() -> None:
    layers = StackSpec.parse({"layers": [{"kind": "conv2d", "channels": 1, "kernel": 9, "padding": "same"}] * 3}).layers
    row, image = walk(layers, GIVEN).rows[-1], np.arange(144, dtype=np.float32).reshape(GIVEN.shape)
    patch, inside = patch_of(image, row.field, 4, 4)
    assert inside == (0, 0, 9, 8)
    np.testing.assert_array_equal(patch, image)


def test_the_network_is_left_as_it_was_and_what_is_no_number_is_not_ranked() -> None:
    network, x = made(padding=1)
    network.train()
    before = {name: value.clone() for name, value in network.state_dict().items()}
    strongest(network, "conv1", x, top=2, at_once=10)
    assert not network.training and not network.conv1.training  # so that who trains sees it
    assert all(torch.equal(value, before[name]) for name, value in network.state_dict().items())
    with torch.no_grad():
        network.conv1.weight[0] = float("nan")
    assert strongest(network, "conv1", x, top=2, at_once=10) is None
