"""A small U-Net (Ronneberger, Fischer and Brox 2015): down to see what there is, up to say where, with short cuts."""

from __future__ import annotations

from itertools import pairwise

import torch
from torch import Tensor, nn

from dlcore.networks.blocks import conv_block


class UNet(nn.Module):
    """Images (n, 1, h, w) -> scores (n, classes, h, w), one of each class for every pixel.

    Every level down halves the map and doubles the channels. On the way up each map is doubled again and laid beside
    the one of its size from the way down, which still knows where the edges were. h and w are multiples of 2^levels.
    """

    def __init__(self, *, channels: int, levels: int, classes: int, batch_norm: bool) -> None:
        super().__init__()
        widths = [channels * 2**level for level in range(levels + 1)]
        self.down = nn.ModuleList(
            conv_block(inputs, outputs, batch_norm=batch_norm) for inputs, outputs in pairwise([1, *widths])
        )
        self.pool = nn.MaxPool2d(2)
        upwards = widths[::-1]
        self.enlarge = nn.ModuleList(
            nn.ConvTranspose2d(inputs, outputs, 2, stride=2) for inputs, outputs in pairwise(upwards)
        )
        self.up = nn.ModuleList(conv_block(2 * width, width, batch_norm=batch_norm) for width in upwards[1:])
        self.scores = nn.Conv2d(channels, classes, 1)

    def forward(self, x: Tensor) -> Tensor:
        """The scores of every pixel; softmax over the classes makes probabilities of them."""
        *passed, bottom = self.down
        kept = []
        for block in passed:
            x = block(x)
            kept.append(x)
            x = self.pool(x)
        x = bottom(x)
        for enlarge, block in zip(self.enlarge, self.up, strict=True):
            x = block(torch.cat([kept.pop(), enlarge(x)], dim=1))
        scores: Tensor = self.scores(x)
        return scores
