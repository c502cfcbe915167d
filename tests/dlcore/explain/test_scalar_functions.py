"""Activations and losses of single numbers, against PyTorch and against numbers by hand."""

from __future__ import annotations

import math

import pytest
import torch
from torch import nn

from dlcore.explain.scalar_functions import FUNCTIONS, loss, softmax
from dlcore.training.activations import ACTIVATIONS, Activation
from dlcore.training.losses import LOSSES, Loss

PLACES = (-700.0, -30.0, -2.0, -1.0, -1e-3, 0.0, 1e-3, 0.5, 1.0, 2.0, 19.0, 700.0)
SIMPLE = [row for row in ACTIVATIONS if row.name != "softmax"]


def test_every_activation_of_the_playground_is_here() -> None:
    assert {*FUNCTIONS, "softmax"} == {row.name for row in ACTIVATIONS}


@pytest.mark.parametrize("row", SIMPLE, ids=lambda row: row.name)
def test_an_activation_and_its_derivative_are_pytorchs(row: Activation) -> None:
    z = torch.tensor(PLACES, dtype=torch.float64, requires_grad=True)
    a = getattr(nn, row.module)(**row.arguments)(z)
    (slopes,) = torch.autograd.grad(a.sum(), z)
    for place, value, slope in zip(PLACES, a.tolist(), slopes.tolist(), strict=True):
        # torch's softplus becomes z itself above 20, and 1 + erf cancels far below 0, in either program
        assert FUNCTIONS[row.name](place) == pytest.approx((value, slope), rel=1e-12, abs=1e-14), place


def test_the_table_of_textbooks() -> None:
    assert [round(FUNCTIONS["sigmoid"](z)[0], 3) for z in (-2, -1, 0, 1, 2)] == [0.119, 0.269, 0.5, 0.731, 0.881]
    assert [FUNCTIONS["leaky_relu"](z)[0] for z in (-2, -1, 0, 1, 2)] == [-0.02, -0.01, 0, 1, 2]


def test_softmax_stays_finite_and_adds_up() -> None:
    assert softmax([1000.0, 1000.0, -1000.0]) == [0.5, 0.5, 0.0]
    assert softmax([math.log(1), math.log(3)]) == pytest.approx([0.25, 0.75])


@pytest.mark.parametrize("row", LOSSES, ids=lambda row: row.name)
@pytest.mark.parametrize(
    ("outputs", "target"),
    [([0.3, -1.2, 2.5], [0.0, 1.0, 0.0]), ([40.0], [1.0]), ([-800.0, 800.0], [1.0, 0.0])],
    ids=["three", "one", "confidently wrong"],
)
def test_a_loss_and_its_derivative_are_pytorchs(row: Loss, outputs: list[float], target: list[float]) -> None:
    a = torch.tensor(outputs, dtype=torch.float64, requires_grad=True)
    value = getattr(nn, row.module)()(a[None], torch.tensor([target], dtype=torch.float64))
    (slopes,) = torch.autograd.grad(value, a)
    found, derivative = loss(row.name, outputs, target)
    assert found == pytest.approx(float(value.detach()), rel=1e-12, abs=1e-15)
    assert derivative == pytest.approx(slopes.tolist(), rel=1e-12, abs=1e-15)


def test_the_textbook_loss_by_hand() -> None:
    value, slopes = loss("half_squared", [1.16], [1.5])
    assert (value, *slopes) == pytest.approx((0.0578, -0.34))
    assert loss("half_squared", [1.0, 3.0], [0.0, 1.0]) == (2.5, [1.0, 2.0]), "a sum over the outputs, not a mean"
    assert loss("mae", [1.0], [1.0]) == (0.0, [0.0])
