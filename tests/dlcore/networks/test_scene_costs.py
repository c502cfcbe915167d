"""What is known before a network is built is what PyTorch counts."""

from __future__ import annotations

import pytest
import torch
from torch import Tensor, nn

from dlcore.networks.grid_detector import grid_detector
from dlcore.networks.scene_costs import detector_convolutions, unet_convolutions
from dlcore.networks.unet import UNet

SIZES = [(levels, channels, norm) for levels in (1, 2, 3) for channels in (2, 5) for norm in (False, True)]


def counted(network: nn.Module, side: int) -> tuple[int, int, int]:
    """Multiply-adds, parameters, and bytes of all outputs of convolutions, normalizations and ReLUs of one scene."""
    adds, memory = 0, 0

    def hook(module: nn.Module, given: tuple[Tensor], out: Tensor) -> None:
        nonlocal adds, memory
        memory += 4 * out.numel()
        if isinstance(module, nn.Conv2d):
            adds += out.numel() * module.in_channels * module.kernel_size[0] * module.kernel_size[1]
        elif isinstance(module, nn.ConvTranspose2d):
            adds += given[0].numel() * module.out_channels * module.kernel_size[0] * module.kernel_size[1]

    for module in network.modules():
        if isinstance(module, nn.Conv2d | nn.ConvTranspose2d | nn.BatchNorm2d | nn.ReLU):
            module.register_forward_hook(hook)
    network.eval()(torch.zeros(1, 1, side, side))
    return adds, sum(parameter.numel() for parameter in network.parameters()), memory


@pytest.mark.parametrize(("levels", "channels", "norm"), SIZES)
def test_a_detector_costs_what_is_said(levels: int, channels: int, norm: bool) -> None:
    layers = detector_convolutions(channels=channels, levels=levels, classes=3, batch_norm=norm, side=48)
    adds, parameters, memory = counted(
        grid_detector(channels=channels, levels=levels, classes=3, batch_norm=norm), side=48
    )
    assert (sum(layer.multiply_adds for layer in layers), sum(layer.parameters for layer in layers)) == (
        adds,
        parameters,
    )
    # layers without a ReLU behind them are counted as if they had one
    assert memory <= sum(layer.memory for layer in layers) <= 1.2 * memory


@pytest.mark.parametrize(("levels", "channels", "norm"), SIZES)
def test_a_unet_costs_what_is_said(levels: int, channels: int, norm: bool) -> None:
    layers = unet_convolutions(channels=channels, levels=levels, classes=4, batch_norm=norm, side=48)
    adds, parameters, memory = counted(UNet(channels=channels, levels=levels, classes=4, batch_norm=norm), side=48)
    assert (sum(layer.multiply_adds for layer in layers), sum(layer.parameters for layer in layers)) == (
        adds,
        parameters,
    )
    assert memory <= sum(layer.memory for layer in layers) <= 1.6 * memory
