"""Every optimizer against `torch.optim`, several replicas at once, each with its own rate and count of updates."""

import pytest
import torch

from dlcore.dense.optimizers import RULES, Pace, make_optimizer
from dlcore.training.make import make_optimizer as make_textbook
from dlcore.training.optimizers import OPTIMIZERS
from tests.dlcore.dense.textbook import spec_of

VALUES = {"momentum": (0.0, 0.8), "alpha": (0.0, 0.9), "beta1": (0.0, 0.85), "beta2": (0.0, 0.95)}


def specs(row):
    for which in (0, 1):
        chosen = {name: VALUES.get(name, (0.0, 0.3))[which] for name, *_ in row.settings}
        if row.name == "nesterov":
            chosen["momentum"] = (0.01, 0.8)[which]
        yield spec_of(training__optimizer={"kind": row.name, **chosen})


def test_every_optimizer_of_the_menu_has_a_rule():
    assert list(RULES) == [row.name for row in OPTIMIZERS]


@pytest.mark.parametrize("spec", [s for row in OPTIMIZERS for s in specs(row)], ids=lambda s: str(s.training.optimizer))
def test_updates_are_those_of_torch_optim(spec):
    torch.manual_seed(0)
    elements, rates = 6, [0.3, 0.01, 0.1]
    K = len(rates)
    theta = torch.randn(K, elements).double()
    owner = torch.arange(K).repeat_interleave(elements)
    alone = [torch.nn.Parameter(row.clone()) for row in theta]
    textbook = [make_textbook(spec, [parameter]) for parameter in alone]
    flat = theta.reshape(-1).clone()
    ours, pace = make_optimizer(spec.training.optimizer, flat), Pace(rates=rates, updates=[0] * K, owner=owner)
    for update in range(25):
        if update == 12:  # a change on the way
            pace.rates, pace.rates_changed = [0.1, 0.2, 0.05], True
        gradient = torch.randn(K, elements).double() * 10.0 ** torch.randint(-3, 2, (K, elements))
        for parameter, optimizer, rate, g in zip(alone, textbook, pace.rates, gradient, strict=True):
            optimizer.param_groups[0]["lr"] = rate
            parameter.grad = g.clone()
            optimizer.step()
        pace.updates = [t + 1 for t in pace.updates]
        ours.update(gradient.reshape(-1), pace)
        expected = torch.cat([parameter.detach() for parameter in alone])
        torch.testing.assert_close(flat, expected, rtol=1e-12, atol=1e-13)


def test_each_replica_counts_its_own_updates():
    spec = spec_of(training__optimizer="adam")
    flat = torch.zeros(2).double()
    optimizer = make_optimizer(spec.training.optimizer, flat)
    optimizer.memory["m"].copy_(torch.tensor([0.0, 0.4]))
    optimizer.memory["s"].copy_(torch.tensor([0.0, 0.02]))
    optimizer.update(torch.ones(2).double(), Pace(rates=[0.1, 0.1], updates=[1, 6], owner=torch.arange(2)))
    m, s = 0.9 * 0.4 + 0.1, 0.999 * 0.02 + 0.001
    expected = -0.1 * (m / (1 - 0.9**6)) / ((s / (1 - 0.999**6)) ** 0.5 + 1e-8)
    assert flat.tolist() == pytest.approx([-0.1, expected], rel=1e-7)  # the first step is as long as the rate
