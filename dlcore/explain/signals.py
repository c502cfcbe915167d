"""What a network does to its signals, layer by layer: activations on the way forward, gradients on the way back."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import torch
from torch import Tensor, nn
from torch.nn import functional as F


def signals(network: nn.Sequential, loss: Callable[[Tensor, Tensor], Tensor], x: Tensor, y: Tensor) -> np.ndarray:
    """Two numbers a hidden layer, float32 (2, layers), over the samples x (n, inputs) with targets y.

    First the spread of its activations a (n, units), sqrt(mean over units of the variance over samples): how much a
    layer still tells one sample from another. Then the size of the gradients, sqrt(mean of (n dL/da)^2): how much the
    loss of one sample answers to an activation; L is the mean loss. Dropout is off, and batch normalization measures
    these samples, as it does in an update; the network stays as it is. What is not finite becomes 0.
    """
    with torch.inference_mode(False), torch.enable_grad():
        outputs, hidden = _forward(network, x.clone().requires_grad_())
        if not hidden:
            return np.zeros((2, 0), dtype=np.float32)
        gradients = torch.autograd.grad(loss(outputs, y), hidden)
        spread = torch.stack([a.detach().var(0, correction=0).mean().sqrt() for a in hidden])
        size = torch.stack([gradient.square().mean().sqrt() * len(x) for gradient in gradients])
    found: np.ndarray = torch.stack([spread, size]).float().numpy(force=True)
    return np.where(np.isfinite(found), found, np.float32(0))  # a network that ran away has nothing to show


def _forward(network: nn.Sequential, x: Tensor) -> tuple[Tensor, list[Tensor]]:
    """The outputs, and the activations of each hidden layer."""
    hidden = []
    for name, module in network.named_children():
        if isinstance(module, nn.Dropout):
            continue
        if isinstance(module, nn.BatchNorm1d):
            x = F.batch_norm(x, None, None, module.weight, module.bias, training=True, eps=module.eps)
        else:
            x = module(x)
        if name.startswith("activation"):
            hidden.append(x)
    return x, hidden
