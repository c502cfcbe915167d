"""The layer that keeps its mask is PyTorch's, bit for bit."""

from __future__ import annotations

import torch
from torch import nn

from dlcore.networks.dropout import SeenDropout


def test_it_draws_and_gives_what_pytorchs_layer_does() -> None:
    results = []
    for layer in (nn.Dropout(0.3), SeenDropout(0.3)):
        torch.manual_seed(4)
        x = torch.randn(7, 9, requires_grad=True)
        first, second = layer(x), layer(x)
        (first.square().sum() + second.sum()).backward()
        results.append((first, second, x.grad, torch.rand(3)))
    assert all(map(torch.equal, *results))
    assert isinstance(layer, SeenDropout) and layer.mask is not None
    torch.testing.assert_close(x * layer.mask, second)
    assert layer.eval()(x) is x and torch.equal(layer.mask == 0, second == 0)
