"""The finder makes the very updates of torch.optim with a rising rate, and reads a curve as a person would."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
import pytest
import torch
from torch import nn

from dlcore.explain.rate_finder import BROKEN, averaged, outcome, read, rise
from dlcore.networks.build import build
from dlcore.specs.supervised import Supervised
from dlcore.training.prepare import prepare

SPEC = Supervised.parse(
    {
        "data": {"kind": "generated", "name": "moons", "noise": 0.1},
        "network": {"layers": [{"units": 4}]},
        "training": {"optimizer": "adam", "batch_size": 16, "schedule": {"kind": "cosine", "epochs": 5.0}},
    }
)


def by_hand(spec: Supervised, rates: list[float]) -> tuple[list[float], list[float]]:
    """The losses on all training samples after each update, and of each mini-batch before it, by the textbook."""
    torch.manual_seed(spec.seed)
    data = prepare(spec.data, spec.network.features)
    x, y = torch.from_numpy(data.x_train), torch.from_numpy(data.y_train).float()[:, None]
    network = build(spec, 2, 1)
    optimizer = torch.optim.Adam(network.parameters(), lr=1.0)
    order: list[torch.Tensor] = []
    losses, batches = [], []
    for rate in rates:
        if not order:
            order = list(torch.split(torch.randperm(len(x)), 16))
        chosen = order.pop(0)
        optimizer.param_groups[0]["lr"] = rate
        loss = nn.functional.binary_cross_entropy_with_logits(network(x[chosen]), y[chosen])
        optimizer.zero_grad()
        loss.backward()  # type: ignore[no-untyped-call]  # torch declares no types here
        optimizer.step()
        batches.append(loss.item())
        with torch.no_grad():
            losses.append(nn.functional.binary_cross_entropy_with_logits(network(x), y).item())
    return losses, batches


def test_every_update_is_that_of_torch_with_a_rising_rate() -> None:
    found = rise(experiment=SPEC.as_json(), least=1e-5, most=10.0, updates=60)
    np.testing.assert_allclose(found["rates"], np.geomspace(1e-5, 10.0, 60)[: len(found["rates"])], rtol=1e-12)
    losses, batches = by_hand(SPEC, found["rates"])
    np.testing.assert_allclose(found["losses"], losses, rtol=1e-5)
    np.testing.assert_allclose(found["batch"], batches, rtol=1e-5)
    assert found["steepest"] < found["lowest"]


def test_a_quadratic_breaks_where_theory_says() -> None:
    """One linear unit, all samples, squared error: it must break above 2 / λmax of the Hessian 2 XᵀX / n, not below."""
    spec = Supervised.parse(
        {
            "data": {"kind": "generated", "name": "plane", "noise": 0.1},
            "network": {"layers": [], "initialization": "zeros"},
            "training": {"loss": "mse", "optimizer": "gd", "learning_rate": 0.01},
        }
    )
    x = prepare(spec.data, spec.network.features).x_train.astype(float)
    x = np.column_stack([x, np.ones(len(x))])
    border = 2 / np.linalg.eigvalsh(2 * x.T @ x / len(x)).max()
    found = rise(experiment=spec.as_json(), least=1e-6, most=100.0, updates=400)
    assert found["lowest"] is not None and found["broken"] is not None
    assert border < found["broken"] < 3 * border, "a few jumps that grow, while the rate grows along"
    assert len(found["losses"]) < 400 and found["losses"][-1] > BROKEN * found["first"]
    below = outcome(experiment=spec.as_json(), rate=0.9 * border, updates=300)
    above = outcome(experiment=spec.as_json(), rate=1.1 * border, updates=300)
    assert below["loss"] < found["first"]
    assert above["loss"] is None or above["loss"] > 100 * found["first"]


def test_a_curve_is_read_as_a_person_would() -> None:
    rates = np.geomspace(1e-6, 1e2, 161)
    logs = np.log10(rates)
    # flat at 1, then falls along a logistic around 10^-2, then a wall from 10^0 on
    losses = 1 - 0.8 / (1 + np.exp(-6 * (logs + 2))) + np.where(logs > 0, 3 * logs**2, 0.0)
    found = read(rates.tolist(), losses.tolist(), 1.0)
    assert math.log10(found["steepest"] or 0) == pytest.approx(-2, abs=0.06)
    assert math.log10(found["lowest"] or 0) == pytest.approx(0, abs=0.06)
    assert math.log10(found["broken"] or 0) == pytest.approx(np.sqrt(0.8 / 3), abs=0.06)


@pytest.mark.parametrize(
    ("losses", "steepest", "lowest", "broken"),
    [
        ([1.0, 1.0, 1.0], None, None, None),
        ([1.0, 1.5, math.nan], None, None, 0.02),
        ([1.0, 0.5, math.inf], 0.01, 0.02, 0.03),
        ([0.9, 0.6, 0.5], 0.01, 0.03, None),
    ],
)
def test_curves_that_never_fall_never_break_or_leave_the_numbers(
    losses: list[float], steepest: Any, lowest: Any, broken: Any
) -> None:
    found = read([0.01, 0.02, 0.03], losses, 1.0)
    assert (found["lowest"], found["broken"]) == (lowest, broken)
    assert (found["steepest"] is None) == (steepest is None)


def test_averages_have_no_lag() -> None:
    line = np.arange(10.0)
    np.testing.assert_allclose(averaged(line, 5), line)
    np.testing.assert_allclose(averaged(np.array([0.0, 3.0, 0.0, 3.0]), 3), [0.0, 1.0, 2.0, 3.0])


def test_one_rate_from_the_same_start() -> None:
    losses, _ = by_hand(SPEC, [0.02] * 25)
    assert outcome(experiment=SPEC.as_json(), rate=0.02, updates=25)["loss"] == pytest.approx(losses[-1], rel=1e-5)


def test_a_rise_has_to_rise() -> None:
    with pytest.raises(ValueError, match=r"0 < least < most and at least 2 updates; received 1, 0\.1 and 50"):
        rise(experiment=SPEC.as_json(), least=1.0, most=0.1, updates=50)
