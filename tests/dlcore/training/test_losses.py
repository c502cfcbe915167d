"""Every loss against its formula, written here a second time in numpy, and its gradient by finite differences."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest
import torch

from dlcore.specs.supervised import Supervised
from dlcore.training.activations import ACTIVATIONS
from dlcore.training.losses import LOSSES, Loss
from dlcore.training.make import make_loss

Function = Callable[[np.ndarray, np.ndarray], float]
RNG = np.random.default_rng(7)
VALUES = RNG.normal(size=(6, 3)), RNG.normal(size=(6, 3)) * 3
SCORES = RNG.normal(size=(6, 1)) * 2
BITS = np.array([[0.0], [1.0], [1.0], [0.0], [1.0], [0.0]])
CLASSES = np.array([0, 2, 1, 1, 0, 2])


def _huber(y: np.ndarray, out: np.ndarray) -> float:
    e = np.abs(y - out)
    return float(np.where(e <= 1, e**2 / 2, e - 0.5).mean())


def _bce(y: np.ndarray, out: np.ndarray) -> float:
    p = 1 / (1 + np.exp(-out))
    return float(-(y * np.log(p) + (1 - y) * np.log(1 - p)).mean())


def _cross_entropy(y: np.ndarray, out: np.ndarray) -> float:
    p = np.exp(out) / np.exp(out).sum(axis=1, keepdims=True)
    return float(-np.log(p[np.arange(len(y)), y]).mean())


# name -> (the formula that the menu shows, the same in Python, targets, outputs)
EXPECTED: dict[str, tuple[str, Function, np.ndarray, np.ndarray]] = {
    "mse": (r"\frac{1}{n}\sum (y-\hat y)^2", lambda y, out: float(((y - out) ** 2).mean()), *VALUES),
    "mae": (r"\frac{1}{n}\sum |y-\hat y|", lambda y, out: float(np.abs(y - out).mean()), *VALUES),
    "huber": (
        r"\frac{1}{n}\sum \begin{cases}\tfrac12 e^2 & |e|\le 1\\ |e|-\tfrac12 & |e|>1\end{cases}",
        _huber,
        *VALUES,
    ),
    "bce": (r"-\frac{1}{n}\sum \left[y\ln p+(1-y)\ln(1-p)\right]", _bce, BITS, SCORES),
    "cross_entropy": (r"-\frac{1}{n}\sum \ln p_{y}", _cross_entropy, CLASSES, VALUES[1]),
}


def _loss(row: Loss) -> torch.nn.Module:
    data = {"name": {"regression": "plane", "binary": "circle", "multiclass": "rings"}[next(iter(row.outputs))]}
    return make_loss(Supervised.parse({"data": {"kind": "generated", **data}, "training": {"loss": row.name}}))


def test_every_row_has_an_expected_formula() -> None:
    assert [row.name for row in LOSSES] == list(EXPECTED)


@pytest.mark.parametrize("row", LOSSES, ids=lambda row: row.name)
def test_value_and_formula(row: Loss) -> None:
    formula, function, y, out = EXPECTED[row.name]
    assert row.formula == formula
    value = _loss(row)(torch.from_numpy(out), torch.from_numpy(y)).item()
    assert value == pytest.approx(function(y, out), rel=1e-12)


@pytest.mark.parametrize("row", LOSSES, ids=lambda row: row.name)
def test_gradient_is_the_finite_difference(row: Loss) -> None:
    _, function, y, out = EXPECTED[row.name]
    outputs = torch.from_numpy(out.copy()).requires_grad_()
    _loss(row)(outputs, torch.from_numpy(y)).backward()
    assert outputs.grad is not None
    for index in np.ndindex(out.shape):
        step = np.zeros_like(out)
        step[index] = 1e-6
        slope = (function(y, out + step) - function(y, out - step)) / 2e-6
        assert outputs.grad[index].item() == pytest.approx(slope, rel=1e-6, abs=1e-9)


@pytest.mark.parametrize("row", LOSSES, ids=lambda row: row.name)
def test_output_activations_exist(row: Loss) -> None:
    offered = {activation.name for activation in ACTIVATIONS if activation.output}
    assert all(set(names) <= offered for names in row.outputs.values())
