import numpy as np
import pytest
import torch
from torch import nn

from dlcore.explain.layers import LayerOutput, layer_outputs, layers_of, saturated_and_dead, slope
from dlcore.networks.build import activation
from dlcore.training.activations import ACTIVATIONS

HIDDEN = [row.name for row in ACTIVATIONS if row.hidden]


def network(name: str = "tanh") -> nn.Sequential:
    torch.manual_seed(0)
    net = nn.Sequential()
    net.add_module("hidden1", nn.Linear(2, 3))
    net.add_module("norm1", nn.BatchNorm1d(3))
    net.add_module("activation1", activation(name))
    net.add_module("dropout1", nn.Dropout(0.9))
    net.add_module("output", nn.Linear(3, 2))
    net.norm1.running_mean.copy_(torch.tensor([0.1, -0.2, 0.3]))
    net.norm1.running_var.copy_(torch.tensor([1.5, 0.5, 2.0]))
    return net


def hidden(name: str, z: torch.Tensor) -> LayerOutput:
    """A layer that has these sums (units, n)."""
    (layer,) = layers_of(nn.Sequential(nn.Linear(1, 1)), [name])
    a = torch.empty_like(z)
    layer.activation.forward(z, a)
    return LayerOutput(layer, z, a)


def test_layers_are_what_numpy_computes_by_hand() -> None:
    net, x = network(), torch.randn(5, 2)
    first, output = layer_outputs(layers_of(net, ["tanh", "sigmoid"]), x.T.contiguous())
    w, b = (p.detach().numpy().astype(float) for p in net.hidden1.parameters())
    z = (x.numpy() @ w.T + b - [0.1, -0.2, 0.3]) / np.sqrt(np.array([1.5, 0.5, 2.0]) + 1e-5)
    np.testing.assert_allclose(first.z.numpy().T, z, atol=1e-6)
    np.testing.assert_allclose(first.a.numpy().T, np.tanh(z), atol=1e-6)
    v, c = (p.detach().numpy().astype(float) for p in net.output.parameters())
    np.testing.assert_allclose(output.a.numpy().T, 1 / (1 + np.exp(-(np.tanh(z) @ v.T + c))), atol=1e-6)
    assert (first.layer.name, output.layer.name) == ("hidden1", "output")
    assert first.of(slice(1, 3)).a.equal(first.a[:, 1:3]) and first.of(slice(1, 3)).z.equal(first.z[:, 1:3])


@pytest.mark.parametrize("name", HIDDEN)
def test_every_activation_answers_as_its_module(name: str) -> None:
    net, x = network(name).eval(), 3 * torch.randn(50, 2)
    outputs = layer_outputs(layers_of(net, [name, "softmax"]), x.T.contiguous())
    torch.testing.assert_close(outputs[0].a.T, net[:3](x).detach(), rtol=0, atol=1e-6)
    torch.testing.assert_close(outputs[1].a.T, net(x).softmax(1).detach(), rtol=0, atol=1e-6)


def test_looking_leaves_the_network_as_it_was() -> None:
    net = network().train()
    before = {name: tensor.clone() for name, tensor in net.state_dict().items()}
    x, state = torch.randn(2, 5), torch.get_rng_state()
    layer_outputs(layers_of(net, ["tanh", "linear"]), x)
    assert all(module.training for module in net.modules())
    assert all(torch.equal(tensor, before[name]) for name, tensor in net.state_dict().items())
    assert torch.equal(state, torch.get_rng_state())


def test_another_number_of_names_than_of_layers_is_refused() -> None:
    with pytest.raises(ValueError, match=r"^activations: expected 2 names, one a layer; received 1$"):
        layers_of(network(), ["tanh"])


@pytest.mark.parametrize("name", HIDDEN)
def test_slope_is_the_derivative(name: str) -> None:
    z = torch.linspace(-3.05, 3.05, 14, dtype=torch.float64)[None]  # 0, where some have a corner, is not among them
    module, h = activation(name), 1e-6
    numeric = (module(z + h) - module(z - h)) / (2 * h)
    torch.testing.assert_close(slope(hidden(name, z)), numeric, atol=1e-8, rtol=0)


def test_saturated_and_dead_units() -> None:
    z = torch.tensor([[-5.0, -4.0], [0.1, 5.0]])
    layers = [hidden("tanh", z), hidden("relu", z), hidden("leaky_relu", z[:1])]
    assert saturated_and_dead(layers) == [(0.75, 0.0), (0.5, 0.5), (1.0, 0.0)]
    assert saturated_and_dead([]) == []
