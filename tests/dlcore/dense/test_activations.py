import pytest
import torch

from dlcore.dense.activations import ACTIVATIONS
from dlcore.networks.build import activation
from dlcore.training.activations import ACTIVATIONS as ROWS


def test_every_activation_of_the_menu_has_a_row():
    assert [row.name for row in ACTIVATIONS] == [row.name for row in ROWS]


@pytest.mark.parametrize("row", ACTIVATIONS, ids=lambda row: row.name)
def test_values_and_derivatives_are_autograds(row):
    torch.manual_seed(0)
    z = torch.cat([torch.randn(2, 3, 7) * 3, torch.zeros(2, 3, 1), torch.full((2, 3, 1), 25.0)], 2).double()
    z.requires_grad_()
    module = activation(row.name)
    expected = module(z.transpose(1, 2)).transpose(1, 2)  # the module has its units last
    error = torch.randn_like(expected)
    (gradient,) = torch.autograd.grad(expected, z, error)
    a, delta = torch.full_like(expected, 9.0), error.clone()
    row.forward(z.detach(), a)
    row.backward(delta, z.detach(), a)
    torch.testing.assert_close(a, expected.detach(), rtol=0, atol=1e-15)
    torch.testing.assert_close(delta, gradient, rtol=0, atol=1e-14)


@pytest.mark.parametrize("before", [True, False])
def test_gelu_leaves_onednn_as_it_was(before, monkeypatch):
    row = next(row for row in ACTIVATIONS if row.name == "gelu")
    z = torch.randn(2, 3, 4)
    monkeypatch.setattr(torch.backends.mkldnn, "enabled", before)
    row.forward(z, torch.zeros_like(z))
    row.backward(torch.ones_like(z), z, z)
    with pytest.raises(RuntimeError):
        row.backward(torch.ones(5), z, z)
    assert torch.backends.mkldnn.enabled == before
