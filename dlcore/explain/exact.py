"""The very numbers from which one channel of a layer was computed for one sample, unrounded."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import torch
from torch import Tensor, nn

from dlcore.explain.recording import Recorded
from dlcore.networks.residual import Residual


def modules_of(name: str, module: nn.Module) -> tuple[str, ...]:
    """The modules that have to be recorded for `exact_arrays`: the layer, of a residual block also its two ways."""
    return (name, f"{name}.layers", f"{name}.shortcut") if isinstance(module, Residual) else (name,)


@torch.no_grad()
def exact_arrays(name: str, module: nn.Module, kept: Mapping[str, Recorded], unit: int) -> dict[str, np.ndarray]:
    """`input` and `output` of the layer for the first sample, and what belongs to its output channel (or value) `unit`.

    `weight` and `bias` (1): of a dense layer (inputs,), of a convolution (channels of the unit's group, kernel, …), of
    a transposed one (channels, kernel, kernel); of a batch normalization (4,): running mean and variance, γ, β; of a
    layer normalization (2, …): γ and β of the unit's places. Normalizations also give `epsilon` (1), a residual block
    `inner` and `shortcut`, which are added. All float32; what is not finite becomes a number (`torch.nan_to_num`).
    """
    recorded = kept[name]
    found = {"input": recorded.input[0], "output": recorded.output[0]}
    match module:
        case nn.Linear() | nn.Conv1d() | nn.Conv2d():
            found["weight"] = module.weight[unit]
        case nn.ConvTranspose2d():
            found["weight"] = module.weight[:, unit]
        case nn.BatchNorm1d() | nn.BatchNorm2d():
            assert module.running_mean is not None and module.running_var is not None  # as they are built
            parts = (module.running_mean, module.running_var, module.weight, module.bias)
            found["weight"] = torch.stack([part[unit] for part in parts])
        case nn.LayerNorm():
            found["weight"] = torch.stack([module.weight[unit], module.bias[unit]])
        case Residual():
            found["inner"], found["shortcut"] = (kept[f"{name}.{way}"].output[0] for way in ("layers", "shortcut"))
    if isinstance(module, nn.Linear | nn.Conv1d | nn.Conv2d | nn.ConvTranspose2d) and module.bias is not None:
        found["bias"] = module.bias[unit].reshape(1)
    if isinstance(module, nn.BatchNorm1d | nn.BatchNorm2d | nn.LayerNorm):
        found["epsilon"] = torch.tensor([module.eps])
    return {key: _numpy(value) for key, value in found.items()}


def _numpy(tensor: Tensor) -> np.ndarray:
    array: np.ndarray = torch.nan_to_num(tensor).numpy(force=True)
    return np.array(array, dtype=np.float32, order="C")  # a copy, row by row: the tensor goes on changing
