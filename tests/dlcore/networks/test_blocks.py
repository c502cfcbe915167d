from __future__ import annotations

import torch
from torch import nn

from dlcore.networks.blocks import conv_block


def test_a_block_is_two_convolutions_that_keep_the_size() -> None:
    block = conv_block(3, 5, batch_norm=True)
    kinds = [nn.Conv2d, nn.BatchNorm2d, nn.ReLU, nn.Conv2d, nn.BatchNorm2d, nn.ReLU]
    assert [type(layer) for layer in block] == kinds
    assert block(torch.rand(2, 3, 7, 9)).shape == (2, 5, 7, 9)
    assert [name for name, _ in conv_block(1, 2, batch_norm=False).named_children()] == [
        "conv1",
        "relu1",
        "conv2",
        "relu2",
    ]
