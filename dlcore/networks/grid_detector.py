"""A detector without anchors: the image is cut into cells, and every cell says what it sees, and where."""

from __future__ import annotations

from collections import OrderedDict

from torch import nn

from dlcore.networks.blocks import conv_block


def grid_detector(*, channels: int, levels: int, classes: int, batch_norm: bool) -> nn.Sequential:
    """Images (n, 1, h, w) -> (n, 5 + classes, h / c, w / c), the scores of cells of c × c pixels, c = 2^levels.

    Every level halves the map and doubles the channels. Of each cell: 0 whether a figure's centre lies in it (a score
    for the sigmoid), 1 … 4 its box (`cell_boxes`), 5 … its class (scores for the softmax).
    """
    layers: OrderedDict[str, nn.Module] = OrderedDict()
    inputs = 1
    for level in range(levels):
        outputs = channels * 2**level
        layers[f"block{level + 1}"] = conv_block(inputs, outputs, batch_norm=batch_norm)
        layers[f"pool{level + 1}"] = nn.MaxPool2d(2)
        inputs = outputs
    layers["around"] = conv_block(inputs, inputs, batch_norm=batch_norm)  # a figure is larger than its cell
    layers["cells"] = nn.Conv2d(inputs, 5 + classes, 1)
    return nn.Sequential(layers)
