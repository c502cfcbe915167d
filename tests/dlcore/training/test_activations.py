"""Every activation against its formula, written here a second time, and its slope by finite differences."""

from __future__ import annotations

import math

import numpy as np
import pytest
import torch

from dlcore.networks.build import activation
from dlcore.training.activations import ACTIVATIONS, Activation

Z = np.array([-6.0, -2.5, -1.0, -0.3, -0.01, 0.02, 0.4, 1.0, 3.0, 7.0])


def _phi(z: float) -> float:
    return 0.5 * (1 + math.erf(z / math.sqrt(2)))


# name -> (the formula that the menu shows, the same in Python)
EXPECTED = {
    "linear": (r"z", lambda z: z),
    "sigmoid": (r"\frac{1}{1+e^{-z}}", lambda z: 1 / (1 + np.exp(-z))),
    "tanh": (r"\tanh z", lambda z: (np.exp(z) - np.exp(-z)) / (np.exp(z) + np.exp(-z))),
    "relu": (r"\max(0, z)", lambda z: np.where(z > 0, z, 0.0)),
    "leaky_relu": (r"\max(0.01\,z, z)", lambda z: np.where(z > 0, z, 0.01 * z)),
    "elu": (r"z \text{ if } z > 0 \text{ else } e^{z}-1", lambda z: np.where(z > 0, z, np.exp(z) - 1)),
    "gelu": (r"z\,\Phi(z)", lambda z: z * np.array([_phi(value) for value in z])),
    "silu": (r"z\,\sigma(z)", lambda z: z / (1 + np.exp(-z))),
    "softplus": (r"\ln(1+e^{z})", lambda z: np.log(1 + np.exp(z))),
    "softmax": (r"\frac{e^{z_i}}{\sum_j e^{z_j}}", lambda z: np.exp(z) / np.exp(z).sum()),
}


def test_every_row_has_an_expected_formula() -> None:
    assert [row.name for row in ACTIVATIONS] == list(EXPECTED)


@pytest.mark.parametrize("row", ACTIVATIONS, ids=lambda row: row.name)
def test_value_formula_and_range(row: Activation) -> None:
    formula, function = EXPECTED[row.name]
    outputs = activation(row.name)(torch.from_numpy(Z)).numpy()
    assert row.formula == formula
    np.testing.assert_allclose(outputs, function(Z), rtol=1e-12, atol=1e-12)
    low, high = row.range
    assert low is None or outputs.min() >= low
    assert high is None or outputs.max() <= high


@pytest.mark.parametrize("row", ACTIVATIONS, ids=lambda row: row.name)
def test_gradient_is_the_finite_difference(row: Activation) -> None:
    function = EXPECTED[row.name][1]
    weights = np.linspace(1.0, 2.0, len(Z))  # a sum with unequal weights, since the softmax sums to 1
    z = torch.from_numpy(Z.copy()).requires_grad_()
    (activation(row.name)(z) * torch.from_numpy(weights)).sum().backward()
    assert z.grad is not None
    for i, step in enumerate(1e-6 * np.eye(len(Z))):
        slope = ((function(Z + step) - function(Z - step)) * weights).sum() / 2e-6
        assert z.grad[i].item() == pytest.approx(slope, rel=1e-6, abs=1e-8)


@pytest.mark.parametrize("row", [row for row in ACTIVATIONS if row.hidden], ids=lambda row: row.name)
def test_gain_is_known_to_pytorch(row: Activation) -> None:
    assert torch.nn.init.calculate_gain(row.gain) > 0


def test_unknown_name_is_refused_with_the_names_there_are() -> None:
    with pytest.raises(ValueError, match=r"activation: expected one of linear, sigmoid, .*; received 'step'"):
        activation("step")
