"""Optimizers of `torch.optim` that keep all that changes from update to update on the device.

| rule | class | how |
|---|---|---|
| gradient descent, SGD, momentum, Nesterov | SGD | `fused`: its kernel reads the learning rate from a tensor |
| Adagrad | Adagrad | `fused`, likewise; its count of updates moves to the device |
| RMSprop | RMSprop | `capturable` and `foreach`; it has no fused kernel |
| Adam, AdamW | Adam, AdamW | `fused` and `capturable` |

The usual kernels of SGD would ask the device for the learning rate, and those of Nesterov's rule write into the
gradient that a learner looks at; fused ones do neither. Momentum, betas, weight decay are plain numbers in all of them.
"""

from __future__ import annotations

import torch
from torch import Tensor


def keep_on_device(optimizer: torch.optim.Optimizer, rate: Tensor) -> None:
    """Let an optimizer read its learning rate from `rate`, a scalar on the parameters' device, and count there.

    Its operations can then be recorded and repeated. What it has gathered stays.
    """
    for group in optimizer.param_groups:
        group["lr"] = rate
        if "capturable" in group:
            group["capturable"] = True
        if "fused" in group:
            group["fused"], group["foreach"] = True, False
        else:
            group["foreach"] = True
    for parameter, gathered in optimizer.state.items():
        if "step" in gathered:
            gathered["step"] = torch.as_tensor(gathered["step"], dtype=torch.float32, device=parameter.device)
