import numpy as np
import pytest
import torch
from torch import nn

from dlcore.explain.layers import dead_share, layer_outputs, saturated_share, slope


def network() -> nn.Sequential:
    torch.manual_seed(0)
    net = nn.Sequential()
    net.add_module("hidden1", nn.Linear(2, 3))
    net.add_module("norm1", nn.BatchNorm1d(3))
    net.add_module("activation1", nn.Tanh())
    net.add_module("dropout1", nn.Dropout(0.9))
    net.add_module("output", nn.Linear(3, 1))
    return net


def test_layers_are_what_numpy_computes_by_hand():
    net, x = network(), torch.randn(5, 2)
    net[1].running_mean.copy_(torch.tensor([0.1, -0.2, 0.3]))
    net[1].running_var.copy_(torch.tensor([1.5, 0.5, 2.0]))
    hidden, output = layer_outputs(net, nn.Sigmoid(), x)
    w, b = (p.detach().numpy().astype(float) for p in net[0].parameters())
    z = (x.numpy() @ w.T + b - [0.1, -0.2, 0.3]) / np.sqrt(np.array([1.5, 0.5, 2.0]) + 1e-5)
    np.testing.assert_allclose(hidden.z.numpy(), z, atol=1e-6)
    np.testing.assert_allclose(hidden.a.numpy(), np.tanh(z), atol=1e-6)
    v, c = (p.detach().numpy().astype(float) for p in net[4].parameters())
    np.testing.assert_allclose(output.a.numpy(), 1 / (1 + np.exp(-(np.tanh(z) @ v.T + c))), atol=1e-6)
    assert (hidden.name, output.name) == ("hidden1", "output")


def test_looking_leaves_the_network_as_it_was():
    net = network().train()
    before = {name: tensor.clone() for name, tensor in net.state_dict().items()}
    state = torch.get_rng_state()
    layer_outputs(net, nn.Identity(), torch.randn(5, 2))
    assert net.training
    assert all(torch.equal(tensor, before[name]) for name, tensor in net.state_dict().items())
    assert not torch.equal(state, torch.get_rng_state())  # only randn above drew
    torch.set_rng_state(state)
    torch.randn(5, 2)
    after = torch.get_rng_state()
    torch.set_rng_state(state)
    layer_outputs(net, nn.Identity(), torch.randn(5, 2))
    assert torch.equal(after, torch.get_rng_state())


def test_an_output_activation_inside_the_network_is_used():
    net = nn.Sequential()
    net.add_module("output", nn.Linear(2, 1))
    net.add_module("output_activation", nn.Tanh())
    x = torch.randn(4, 2)
    (layer,) = layer_outputs(net, nn.Identity(), x)
    torch.testing.assert_close(layer.a, net(x))
    torch.testing.assert_close(layer.z, net[0](x))


def test_slope_is_the_derivative():
    z = torch.linspace(-3, 3, 13, dtype=torch.float64)
    h = 1e-6
    numeric = (torch.sigmoid(z + h) - torch.sigmoid(z - h)) / (2 * h)
    torch.testing.assert_close(slope(nn.Sigmoid(), z), numeric, atol=1e-8, rtol=0)


def test_saturated_and_dead_units():
    z = torch.tensor([[-5.0, 0.1], [-4.0, 5.0]])
    assert saturated_share(nn.Tanh(), z) == pytest.approx(0.75)
    assert dead_share(nn.ReLU(), z) == pytest.approx(0.5)
    assert dead_share(nn.LeakyReLU(), z) == 0.0
