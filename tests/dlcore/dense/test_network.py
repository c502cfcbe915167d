"""The explicit forward and backward against autograd, in float64, for any experiment."""

import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st
from torch import nn

from dlcore.dense.knows import knows
from dlcore.dense.network import DenseNetwork
from dlcore.dense.replica import from_network, make_replica
from dlcore.dense.stack import DenseStack
from dlcore.networks.build import build, outputs_of
from dlcore.networks.outputs import classes_of
from dlcore.training.balance import chances_of, importance_of
from dlcore.training.make import make_loss
from dlcore.training.regularizers import penalty
from dlcore.training.targets import encode
from tests.dlcore.dense.textbook import replica_of, spec_of
from tests.strategies import supervised_specs

known = supervised_specs().filter(lambda spec: knows(spec) is None)


@pytest.mark.slow
@settings(deadline=None, max_examples=150)
@given(known, st.integers(1, 5), st.integers(1, 40), st.integers(0, 2**31))
def test_gradients_are_autograds(spec, inputs, samples, seed):
    spec = spec.replace({"training.optimizer": "sgd", "training.learning_rate": 1e-9})
    torch.manual_seed(seed)
    network = build(spec, inputs, outputs_of(spec)).double()
    for parameter in network.parameters():  # biases too
        nn.init.normal_(parameter, std=0.5)
    x = torch.randn(samples, inputs).double()
    y = torch.randint(0, classes_of(spec), (samples,)) if classes_of(spec) else torch.randn(samples)
    targets = encode(y, spec)
    targets = targets if targets.dtype == torch.int64 else targets.double()
    replica = make_replica(spec, network, x, targets, torch.get_rng_state(), torch.float64)
    stack = DenseStack(replica.shape)
    stack.put(replica)
    stack.step()

    size = spec.training.batch_size
    size = samples if size == "all" else min(size, samples)
    chances, importance = chances_of(spec, targets), importance_of(spec, targets)
    if chances is not None:
        chosen = torch.multinomial(chances, samples, replacement=True)[:size]
    else:
        chosen = torch.arange(samples) if size == samples else torch.randperm(samples)[:size]
    losses = make_loss(spec, reduction="none", smooth=True)(network(x[chosen]), targets[chosen])
    loss = losses.mean() if importance is None else (losses * importance[chosen]).mean()
    total = loss + penalty(network, spec.training.l1, spec.training.l2)
    total.backward()
    if spec.training.gradient_clip is not None:
        nn.utils.clip_grad_norm_(network.parameters(), spec.training.gradient_clip)
    linears = [layer for layer in network if isinstance(layer, nn.Linear)]
    largest = max(float(parameter.grad.abs().max()) for parameter in network.parameters())
    for linear, gradient in zip(linears, stack.network.gradients, strict=True):
        expected = torch.cat([linear.weight.grad.T, linear.bias.grad[None]])
        torch.testing.assert_close(gradient[0], expected, rtol=0, atol=1e-12 * max(1.0, largest))
    torch.testing.assert_close(stack.losses()[0], loss.detach(), rtol=1e-12, atol=1e-12)


def test_named_tensors_hold_what_they_say():
    replica = replica_of(spec_of(network__layers=[{"units": 3}], training__loss="mse"))
    network = DenseNetwork(replica.shape, 2)
    network.theta.normal_(generator=torch.Generator().manual_seed(1))
    x = torch.randn(2, 3, network.shape.columns)
    x[:, -1] = 1
    outputs = network.forward(x)
    network.deltas[-1].copy_(torch.randn(outputs.shape))
    error = network.deltas[-1].clone()
    network.backward()
    for k in range(2):
        (w1, w2) = (weights[k].clone().requires_grad_() for weights in network.weights)
        z1 = x[k].T @ w1
        a1 = torch.tanh(z1)
        z2 = torch.cat([a1, torch.ones(len(a1), 1)], 1) @ w2
        a2 = torch.tanh(z2)
        for found, expected in (
            (network.activations[0], x[k, :2].T),
            (network.sums[0], z1),
            (network.activations[1], a1),
            (network.sums[1], z2),
            (network.activations[2], a2),
            (outputs, a2),
        ):
            torch.testing.assert_close(found[k].T, expected)
        gradients = torch.autograd.grad(a2, (z1, z2, w1, w2), error[k].T)
        named = (network.deltas[0][k].T, network.deltas[1][k].T, network.gradients[0][k], network.gradients[1][k])
        for found, expected in zip(named, gradients, strict=True):
            torch.testing.assert_close(found, expected)


def test_flat_and_layered_views_are_one_memory():
    shape = replica_of(spec_of()).shape
    network = DenseNetwork(shape, 3)
    assert [tuple(w.shape) for w in network.weights] == [(3, 3, 4), (3, 5, 2), (3, 3, 1)]
    network.theta.copy_(torch.arange(3.0 * shape.parameters))
    assert torch.equal(torch.cat([w.reshape(-1) for w in network.weights]), network.theta)


def test_columns_do_not_mix():
    network = DenseNetwork(replica_of(spec_of()).shape, 1)
    network.theta.normal_(generator=torch.Generator().manual_seed(2))
    x = torch.randn(1, 3, network.shape.columns)
    before = network.forward(x).clone()
    x[:, :, 3] = 100.0
    after = network.forward(x)
    assert (before != after)[0, 0].nonzero().flatten().tolist() == [3]


def test_theta_of_a_network_fits_the_rows():
    lab_theta = from_network(build(spec_of(), 2, 1))
    network = DenseNetwork(replica_of(spec_of()).shape, 1)
    network.theta.copy_(lab_theta)
    torch.testing.assert_close(network.weights[2][0, :, 0], lab_theta[-3:])
