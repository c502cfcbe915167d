from __future__ import annotations

import pytest
import torch

from dlcore.networks.unet import UNet


@pytest.mark.parametrize("levels", [1, 2, 3])
@pytest.mark.parametrize("norm", [False, True])
def test_every_pixel_gets_a_score_of_every_class(levels: int, norm: bool) -> None:
    network = UNet(channels=3, levels=levels, classes=4, batch_norm=norm)
    assert network(torch.rand(2, 1, 24, 40)).shape == (2, 4, 24, 40)


def test_the_short_cuts_lead_from_each_size_to_the_same_size() -> None:
    network = UNet(channels=2, levels=2, classes=3, batch_norm=False)
    for module in network.enlarge:  # nothing comes from below
        torch.nn.init.zeros_(module.weight)
        torch.nn.init.zeros_(module.bias)
    x = torch.rand(1, 1, 16, 16)
    first = network.down[0](x)
    expected = network.scores(network.up[1](torch.cat([first, torch.zeros_like(first)], dim=1)))
    assert torch.equal(network(x), expected)


def test_a_pixel_hears_of_the_whole_scene_only_by_way_of_the_bottom() -> None:
    torch.manual_seed(0)
    network = UNet(channels=4, levels=3, classes=2, batch_norm=False).eval()
    x = torch.rand(1, 1, 48, 48, requires_grad=True)
    (reach,) = torch.autograd.grad(network(x)[0, 0, 24, 24], x)
    rows = torch.nonzero(reach[0, 0].abs().sum(dim=1)).flatten()
    assert rows.max() - rows.min() > 40
    with torch.no_grad():
        for module in network.enlarge:
            module.weight.zero_()
    (reach,) = torch.autograd.grad(network(x)[0, 0, 24, 24], x)
    rows = torch.nonzero(reach[0, 0].abs().sum(dim=1)).flatten()
    assert rows.max() - rows.min() <= 8  # four convolutions of 3 × 3
