"""The curves over pre-activations, against torch's own modules and autograd."""

from __future__ import annotations

import numpy as np
import pytest
import torch
from torch import nn

from dlcore.explain.bends import POINTS, REACH, bend_arrays
from dlcore.explain.layers import layers_of


def test_each_layer_has_its_function_and_its_derivative() -> None:
    network = nn.Sequential()
    for number, activation in enumerate((nn.Tanh(), nn.ReLU(), nn.GELU()), start=1):
        network.add_module(f"hidden{number}", nn.Linear(3, 3))
        network.add_module(f"activation{number}", activation)
    found = bend_arrays(layers_of(network, ["tanh", "relu", "gelu"]))
    z = torch.tensor(found["z"], dtype=torch.float64, requires_grad=True)
    assert (len(z), z.min().item(), z.max().item()) == (POINTS, -REACH, REACH)
    for number, module in enumerate((nn.Tanh(), nn.ReLU(), nn.GELU())):
        a = module(z)
        (slope,) = torch.autograd.grad(a.sum(), z)
        np.testing.assert_allclose(found[f"f/{number}"], a.detach(), atol=1e-5)
        np.testing.assert_allclose(found[f"slope/{number}"], slope, atol=1e-5)


def test_no_layers_no_curves() -> None:
    assert bend_arrays(()) == {}
    with pytest.raises(ValueError, match="expected 0 names"):
        layers_of(nn.Sequential(), ["tanh"])
