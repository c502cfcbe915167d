"""What the networks for scenes are made of: two convolutions that keep the size of a map."""

from __future__ import annotations

from collections import OrderedDict

from torch import nn


def conv_block(inputs: int, outputs: int, *, batch_norm: bool) -> nn.Sequential:
    """Twice a 3 × 3 convolution and ReLU, (n, inputs, h, w) -> (n, outputs, h, w), normalized in between if asked."""
    layers: OrderedDict[str, nn.Module] = OrderedDict()
    for number, width in ((1, inputs), (2, outputs)):
        layers[f"conv{number}"] = nn.Conv2d(width, outputs, 3, padding=1)
        if batch_norm:
            layers[f"norm{number}"] = nn.BatchNorm2d(outputs)
        layers[f"relu{number}"] = nn.ReLU()
    return nn.Sequential(layers)
