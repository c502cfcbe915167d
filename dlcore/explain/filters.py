"""The kernels of a network as a view of kind `filters` wants them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from dlcore.explain.weight_layers import WeightLayer

SHOWN = 32  # kernels of a layer, and inputs of a kernel


def filter_arrays(layers: Sequence[WeightLayer]) -> dict[str, np.ndarray]:
    """`weight/<i>` float32 (outputs, inputs, …), 32 of each at most, and `bias/<i>` of layers that have one: copies."""
    found: dict[str, np.ndarray] = {}
    for number, layer in enumerate(layers):
        weight = layer.weight[:SHOWN, :SHOWN].numpy(force=True)
        found[f"weight/{number}"] = np.array(weight, dtype=np.float32, order="C")
        bias = getattr(layer.module, "bias", None)
        if bias is not None:
            found[f"bias/{number}"] = np.array(bias[:SHOWN].numpy(force=True), dtype=np.float32)
    return found


def filter_options(layers: Sequence[WeightLayer]) -> list[dict[str, Any]]:
    """What the view needs to know of each layer once (docs/architecture.md, "View kinds")."""
    return [
        {
            "name": layer.name,
            "title": layer.title,
            "kind": "conv2d",
            "shape": list(layer.weight.shape),
            "parameter": f"weight/{number}",
            "layer": None,
        }
        for number, layer in enumerate(layers)
    ]
