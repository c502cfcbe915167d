from __future__ import annotations

import pytest
import torch

from dlcore.specs.supervised import Supervised
from dlcore.training.make import learning_rate_at, make_loss, make_optimizer, set_learning_rate, set_optimizer_settings

STEP = {"learning_rate": 0.4, "schedule": {"kind": "step", "every": 10.0, "decay": 0.5}}


def test_loss_is_the_class_of_the_row_and_a_mean() -> None:
    loss = make_loss(Supervised())
    assert isinstance(loss, torch.nn.BCEWithLogitsLoss) and loss.reduction == "mean"


def test_learning_rate_follows_the_schedule() -> None:
    training = Supervised.parse({"training": STEP}).training
    assert [learning_rate_at(training, epoch) for epoch in (0.0, 9.9, 10.0, 20.0)] == [0.4, 0.4, 0.2, 0.1]


def test_an_optimizer_starts_at_the_rate_of_the_first_update() -> None:
    spec = Supervised.parse({"training": {"learning_rate": 0.5, "schedule": {"kind": "warm_up", "epochs": 5.0}}})
    optimizer = make_optimizer(spec, [torch.nn.Parameter(torch.zeros(1))])
    assert optimizer.param_groups[0]["lr"] == pytest.approx(0.5 * 0.01 / 5)


def test_a_new_rate_and_new_settings_reach_the_next_update_and_keep_the_memory() -> None:
    spec = Supervised.parse({"training": {"optimizer": {"kind": "momentum", "momentum": 0.5}, "learning_rate": 1.0}})
    parameter = torch.nn.Parameter(torch.zeros(1, dtype=torch.float64))
    optimizer = make_optimizer(spec, [parameter])
    parameter.grad = torch.ones(1, dtype=torch.float64)
    optimizer.step()  # v = 1, w = -1
    set_learning_rate(optimizer, 0.1)
    set_optimizer_settings(optimizer, spec.replace({"training.optimizer.momentum": 0.25}).training)
    optimizer.step()  # v = 0.25 * 1 + 1, w = -1 - 0.1 * 1.25
    assert parameter.item() == pytest.approx(-1.125)
