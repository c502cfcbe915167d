import pytest
import torch
from torch import nn

from dlcore.specs.training import TrainingSpec
from dlcore.training.on_device import keep_on_device
from dlcore.training.optimizers import OPTIMIZERS
from dlcore.training.rows import find


@pytest.mark.parametrize("name", [row.name for row in OPTIMIZERS])
def test_every_rule_is_told_how(name):
    row = find(OPTIMIZERS, name, "optimizer")
    chosen = TrainingSpec.parse({"optimizer": name}).optimizer
    layer = nn.Linear(2, 2)
    optimizer = getattr(torch.optim, row.module)(layer.parameters(), lr=0.1, **row.arguments(chosen))
    rate = torch.tensor(0.25)
    keep_on_device(optimizer, rate)
    (group,) = optimizer.param_groups
    assert group["lr"] is rate
    assert group.get("capturable", True)  # where there is the setting it must be on
    assert group.get("fused", row.module == "RMSprop")
    assert all(group[key] == value for key, value in row.arguments(chosen).items())


def test_a_count_of_updates_goes_on():
    layer = nn.Linear(2, 2)
    optimizer = torch.optim.Adagrad(layer.parameters(), lr=0.1)
    layer(torch.ones(1, 2)).sum().backward()
    optimizer.step()
    keep_on_device(optimizer, torch.tensor(0.1))
    optimizer.step()
    assert [float(gathered["step"]) for gathered in optimizer.state.values()] == [2.0, 2.0]
    assert all(gathered["sum"].unique().tolist() == [2.0] for gathered in optimizer.state.values())
