import torch
from torch import nn

from dlcore.networks.residual import Residual


def test_the_input_is_added_to_what_the_inner_layers_give() -> None:
    block = Residual(nn.Sequential(nn.Linear(3, 3), nn.Tanh()), nn.Identity())
    x = torch.randn(5, 3)
    torch.testing.assert_close(block(x), x + block.layers(x))


def test_gradients_pass_inner_layers_that_are_dead() -> None:
    inner = nn.Linear(3, 3)
    nn.init.zeros_(inner.weight)
    x = torch.randn(2, 3, requires_grad=True)
    Residual(nn.Sequential(inner), nn.Identity())(x).sum().backward()
    assert x.grad is not None
    torch.testing.assert_close(x.grad, torch.ones(2, 3))
