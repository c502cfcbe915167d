"""Every optimizer against its update rule, written here a second time in float64 numpy, over eight updates."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest
import torch

from dlcore.specs.supervised import Supervised
from dlcore.training.make import make_optimizer
from dlcore.training.optimizers import OPTIMIZERS, Optimizer

Step = Callable[[np.ndarray, np.ndarray, dict[str, np.ndarray], int], np.ndarray]
RATE = 0.05
SETTINGS: dict[str, dict[str, float]] = {
    "momentum": {"momentum": 0.8},
    "nesterov": {"momentum": 0.7},
    "rmsprop": {"alpha": 0.9},
    "adam": {"beta1": 0.8, "beta2": 0.95},
    "adamw": {"beta1": 0.85, "beta2": 0.97, "weight_decay": 0.3},
}


def _sgd(w: np.ndarray, g: np.ndarray, memory: dict[str, np.ndarray], t: int) -> np.ndarray:
    return w - RATE * g


def _momentum(w: np.ndarray, g: np.ndarray, memory: dict[str, np.ndarray], t: int) -> np.ndarray:
    memory["v"] = 0.8 * memory.get("v", np.zeros_like(w)) + g
    return w - RATE * memory["v"]


def _nesterov(w: np.ndarray, g: np.ndarray, memory: dict[str, np.ndarray], t: int) -> np.ndarray:
    memory["v"] = 0.7 * memory.get("v", np.zeros_like(w)) + g
    return w - RATE * (g + 0.7 * memory["v"])


def _adagrad(w: np.ndarray, g: np.ndarray, memory: dict[str, np.ndarray], t: int) -> np.ndarray:
    memory["s"] = memory.get("s", np.zeros_like(w)) + g**2
    return w - RATE * g / (np.sqrt(memory["s"]) + 1e-10)


def _rmsprop(w: np.ndarray, g: np.ndarray, memory: dict[str, np.ndarray], t: int) -> np.ndarray:
    memory["s"] = 0.9 * memory.get("s", np.zeros_like(w)) + 0.1 * g**2
    return w - RATE * g / (np.sqrt(memory["s"]) + 1e-8)


def _adam(w: np.ndarray, g: np.ndarray, memory: dict[str, np.ndarray], t: int) -> np.ndarray:
    return _adam_step(w, g, memory, t, 0.8, 0.95)


def _adamw(w: np.ndarray, g: np.ndarray, memory: dict[str, np.ndarray], t: int) -> np.ndarray:
    return _adam_step(w - RATE * 0.3 * w, g, memory, t, 0.85, 0.97)


def _adam_step(
    w: np.ndarray, g: np.ndarray, memory: dict[str, np.ndarray], t: int, beta1: float, beta2: float
) -> np.ndarray:
    memory["m"] = beta1 * memory.get("m", np.zeros_like(w)) + (1 - beta1) * g
    memory["s"] = beta2 * memory.get("s", np.zeros_like(w)) + (1 - beta2) * g**2
    m, s = memory["m"] / (1 - beta1**t), memory["s"] / (1 - beta2**t)
    return w - RATE * m / (np.sqrt(s) + 1e-8)


# name -> (the formula that the menu shows, the same in Python)
EXPECTED: dict[str, tuple[str, Step]] = {
    "gd": (r"w \leftarrow w-\eta g", _sgd),
    "sgd": (r"w \leftarrow w-\eta g", _sgd),
    "momentum": (r"v \leftarrow \mu v+g,\quad w \leftarrow w-\eta v", _momentum),
    "nesterov": (r"v \leftarrow \mu v+g,\quad w \leftarrow w-\eta(g+\mu v)", _nesterov),
    "adagrad": (r"s \leftarrow s+g^2,\quad w \leftarrow w-\eta\,\frac{g}{\sqrt{s}+\epsilon}", _adagrad),
    "rmsprop": (
        r"s \leftarrow \alpha s+(1-\alpha)g^2,\quad w \leftarrow w-\eta\,\frac{g}{\sqrt{s}+\epsilon}",
        _rmsprop,
    ),
    "adam": (
        r"m \leftarrow \beta_1 m+(1-\beta_1)g,\; s \leftarrow \beta_2 s+(1-\beta_2)g^2,\;"
        r" w \leftarrow w-\eta\,\frac{\hat m}{\sqrt{\hat s}+\epsilon}",
        _adam,
    ),
    "adamw": (r"w \leftarrow w-\eta\lambda w,\quad\text{then Adam's step}", _adamw),
}


def _spec(row: Optimizer, **settings: float) -> Supervised:
    return Supervised.parse({"training": {"optimizer": {"kind": row.name, **settings}, "learning_rate": RATE}})


def test_every_row_has_an_expected_rule() -> None:
    assert [row.name for row in OPTIMIZERS] == list(EXPECTED)


@pytest.mark.parametrize("row", OPTIMIZERS, ids=lambda row: row.name)
def test_updates_follow_the_rule(row: Optimizer) -> None:
    formula, step = EXPECTED[row.name]
    assert row.formula == formula
    rng, memory = np.random.default_rng(3), {}
    expected = rng.normal(size=5)
    parameter = torch.nn.Parameter(torch.from_numpy(expected.copy()))
    optimizer = make_optimizer(_spec(row, **SETTINGS.get(row.name, {})), [parameter])
    for t in range(1, 9):
        gradient = rng.normal(size=5) * 10.0 ** rng.integers(-3, 2, size=5)
        parameter.grad = torch.from_numpy(gradient.copy())
        optimizer.step()
        expected = step(expected, gradient, memory, t)
        np.testing.assert_allclose(parameter.detach().numpy(), expected, rtol=1e-9, atol=1e-12)


@pytest.mark.parametrize("row", OPTIMIZERS, ids=lambda row: row.name)
def test_default_and_smallest_settings_are_accepted_by_pytorch(row: Optimizer) -> None:
    for which in (2, 3):
        settings = {setting[0]: setting[which] for setting in row.settings}
        make_optimizer(_spec(row, **settings), [torch.nn.Parameter(torch.zeros(2))]).step()


def test_settings_of_one_argument_make_a_tuple() -> None:
    row = next(row for row in OPTIMIZERS if row.name == "adamw")
    arguments = row.arguments(_spec(row, beta1=0.5).training.optimizer)
    assert arguments == {"betas": (0.5, 0.999), "weight_decay": 0.01}
