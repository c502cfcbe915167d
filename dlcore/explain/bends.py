"""The activation functions of a network's hidden layers as curves, to be drawn over what enters them."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import torch

from dlcore.explain.layers import Layer, LayerOutput, slope

REACH = 8.0  # curves go from -REACH to REACH
POINTS = 321  # 0, where ReLU has its corner, is one of them


@torch.no_grad()
def bend_arrays(layers: Sequence[Layer]) -> dict[str, np.ndarray]:
    """`z` (points), and of layer k the function `f/<k>` and its derivative `slope/<k>` there, float32 (points)."""
    if not layers:
        return {}
    z = torch.linspace(-REACH, REACH, POINTS, dtype=torch.float64)
    found = {"z": z.float().numpy()}
    for number, layer in enumerate(layers):
        a = torch.empty_like(z)
        layer.activation.forward(z.reshape(1, 1, -1), a.reshape(1, 1, -1))  # as one unit of one network
        output = LayerOutput(layer, z.unsqueeze(0), a.unsqueeze(0))
        found[f"f/{number}"], found[f"slope/{number}"] = a.float().numpy(), slope(output)[0].float().numpy()
    return found
