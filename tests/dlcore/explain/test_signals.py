"""Spread of activations and size of gradients, layer by layer, against a network worked out by hand in NumPy."""

from __future__ import annotations

from collections import OrderedDict

import numpy as np
import pytest
import torch
from torch import nn

from dlcore.explain.signals import signals

RANDOM = np.random.default_rng(3)
X, Y = RANDOM.normal(size=(20, 2)), RANDOM.normal(size=(20, 1))


def network(*extra: tuple[str, nn.Module]) -> nn.Sequential:
    torch.manual_seed(1)
    layers = OrderedDict(hidden1=nn.Linear(2, 5), activation1=nn.Tanh(), hidden2=nn.Linear(5, 3), activation2=nn.ReLU())
    return nn.Sequential(layers | OrderedDict(extra) | {"output": nn.Linear(3, 1)}).double()


INPUTS, TARGETS = torch.from_numpy(X), torch.from_numpy(Y)


def looked_at(found: nn.Sequential) -> np.ndarray:
    return signals(found, nn.MSELoss(), INPUTS, TARGETS)


def test_they_are_those_of_a_network_worked_out_by_hand() -> None:
    found = network()
    w1, b1, w2, b2, w3, b3 = (parameter.detach().numpy() for parameter in found.parameters())
    a1 = np.tanh(X @ w1.T + b1)
    a2 = np.maximum(a1 @ w2.T + b2, 0)
    error = 2 * (a2 @ w3.T + b3 - Y)  # of one sample's squared error
    back2 = error @ w3
    back1 = (back2 * (a2 > 0)) @ w2
    expected = [
        [np.sqrt(a.var(axis=0).mean()) for a in (a1, a2)],
        [np.sqrt((back**2).mean()) for back in (back1, back2)],
    ]
    assert looked_at(found) == pytest.approx(np.array(expected), rel=1e-6)


def test_batch_normalization_measures_the_samples_and_dropout_is_off() -> None:
    plain = network(("norm3", nn.BatchNorm1d(3)), ("activation3", nn.Identity()))
    dropping = network(("norm3", nn.BatchNorm1d(3)), ("activation3", nn.Identity()), ("dropout3", nn.Dropout(0.9)))
    before = {name: value.clone() for name, value in plain.state_dict().items()}
    spread, _ = looked_at(plain)
    assert spread[2] == pytest.approx(1, abs=1e-3), "each unit has variance 1 over the samples"
    assert np.array_equal(looked_at(dropping), looked_at(plain))
    assert all(torch.equal(value, before[name]) for name, value in plain.state_dict().items())
    assert all(parameter.grad is None for parameter in plain.parameters())


def test_they_are_found_while_others_forbid_gradients() -> None:
    found = network()
    expected = looked_at(found)
    with torch.inference_mode():
        assert np.array_equal(looked_at(found), expected)


def test_zeros_stop_everything_and_what_ran_away_shows_nothing() -> None:
    found = network()
    for parameter in found.parameters():
        nn.init.zeros_(parameter)
    assert not looked_at(found).any()
    nn.init.constant_(found.get_parameter("hidden1.weight"), float("nan"))
    assert not looked_at(found).any()
    assert looked_at(nn.Sequential(nn.Linear(2, 1)).double()).shape == (2, 0)
