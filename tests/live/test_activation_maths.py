"""Activation functions as the browser computes them, against torch, autograd, and numbers by hand."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
import torch
from torch import nn

pytestmark = pytest.mark.browser
Module = Callable[..., Any]
MATHS = "activations-maths.js"
MODULES = {
    "sigmoid": nn.Sigmoid(),
    "tanh": nn.Tanh(),
    "relu": nn.ReLU(),
    "leaky_relu": nn.LeakyReLU(0.01),
    "elu": nn.ELU(),
    "gelu": nn.GELU(),
    "silu": nn.SiLU(),
    "softplus": nn.Softplus(threshold=1000),
}
# at -2, -1, 0, 1, 2, to three decimals: the first two as the issue gives them, the rest from the formulas
TABLE = {
    "sigmoid": [0.119, 0.269, 0.500, 0.731, 0.881],
    "leaky_relu": [-0.02, -0.01, 0, 1, 2],
    "tanh": [-0.964, -0.762, 0, 0.762, 0.964],
    "relu": [0, 0, 0, 1, 2],
    "elu": [-0.865, -0.632, 0, 1, 2],
    "gelu": [-0.046, -0.159, 0, 0.841, 1.954],
    "silu": [-0.238, -0.269, 0, 0.731, 1.762],
    "softplus": [0.127, 0.313, 0.693, 1.313, 2.127],
}


def test_functions_and_slopes_are_those_of_torch(module: Module) -> None:
    z = torch.linspace(-30, 30, 1201, dtype=torch.float64).round(decimals=2).requires_grad_()  # 0 and corners included
    found = module(
        MATHS,
        "Object.fromEntries(Object.entries(m.FUNCTIONS).map(([k, { f, slope }]) => [k, [a.map(f), a.map(slope)]]))",
        z.tolist(),
    )
    assert found.keys() == MODULES.keys()
    for name, made in MODULES.items():
        a = made(z)
        (slope,) = torch.autograd.grad(a.sum(), z)
        np.testing.assert_allclose(found[name][0], a.detach(), rtol=1e-12, atol=1e-13, err_msg=name)
        np.testing.assert_allclose(found[name][1], slope, rtol=1e-12, atol=1e-13, err_msg=name)


def test_the_table_has_the_published_numbers(module: Module) -> None:
    for name, expected in TABLE.items():
        found = module(MATHS, "[-2, -1, 0, 1, 2].map(m.FUNCTIONS[a].f)", name)
        assert found == pytest.approx(expected, abs=6e-4), name


def test_flat_ranges_end_where_the_slope_is_a_tenth(module: Module) -> None:
    def flat(name: str) -> list[list[float]]:
        return list(module(MATHS, "m.flatRanges(m.FUNCTIONS[a].slope, -6, 6)", name))

    sure = np.log((1 + np.sqrt(0.6)) / (1 - np.sqrt(0.6)))  # s (1 - s) = 0.1
    assert flat("sigmoid") == [pytest.approx([-6, -sure], abs=1e-5), pytest.approx([sure, 6], abs=1e-5)]
    steep = np.arctanh(np.sqrt(0.9))  # 1 - tanh² = 0.1
    assert flat("tanh") == [pytest.approx([-6, -steep], abs=1e-5), pytest.approx([steep, 6], abs=1e-5)]
    assert flat("relu") == flat("leaky_relu") == [pytest.approx([-6, 0], abs=1e-5)]
    assert flat("elu") == [pytest.approx([-6, np.log(0.1)], abs=1e-5)]
    assert len(flat("gelu")) == 2, "far on the left, and around its lowest point"
    for name in ("gelu", "silu"):
        z = torch.linspace(-6, 6, 4001, dtype=torch.float64, requires_grad=True)
        (slope,) = torch.autograd.grad(MODULES[name](z).sum(), z)
        share = (slope.abs() < 0.1).double().mean().item()
        assert sum(b - a for a, b in flat(name)) / 12 == pytest.approx(share, abs=2e-3)


@pytest.mark.parametrize("temperature", [0.1, 1.0, 3.0])
def test_softmax_and_its_derivatives_are_those_of_torch(module: Module, temperature: float) -> None:
    scores = torch.tensor([2.0, 1.0, 0.0, -1.0, 500.0 * (temperature > 1)], dtype=torch.float64)

    def shares(z: torch.Tensor) -> torch.Tensor:
        return torch.softmax(z / temperature, dim=0)

    argument = [scores.tolist(), temperature]
    found = module(MATHS, "m.softmax(a[0], a[1]).shares", argument)
    np.testing.assert_allclose(found, shares(scores), atol=1e-14)
    slopes = module(MATHS, "m.softmaxSlopes(m.softmax(a[0], a[1]).shares, a[1])", argument)
    expected = torch.autograd.functional.jacobian(shares, scores)  # type: ignore[no-untyped-call]
    np.testing.assert_allclose(slopes, expected, atol=1e-14)


def test_softmax_by_hand(module: Module) -> None:
    found = module(MATHS, "m.softmax([2, 1, 0, -1]).shares")
    assert found == pytest.approx([0.644, 0.237, 0.087, 0.032], abs=5e-4)
