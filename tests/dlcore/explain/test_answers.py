import pytest
import torch
from torch import nn

from dlcore.explain.answers import Answers, Inputs
from dlcore.explain.layers import layers_of


def test_every_set_is_answered_as_if_it_came_alone() -> None:
    torch.manual_seed(1)
    net = nn.Sequential()
    net.add_module("hidden1", nn.Linear(3, 4))
    net.add_module("activation1", nn.ReLU())
    net.add_module("output", nn.Linear(4, 2))
    sets = {
        "samples": torch.randn(7, 3),
        "one": torch.randn(1, 3),
        "none": torch.randn(0, 3),
        "grid": torch.randn(9, 3),
    }
    answers = Answers(layers_of(net, ["relu", "sigmoid"]), Inputs(sets))
    for name, x in sets.items():
        first, last = answers.of(name)
        torch.testing.assert_close(first.z.T, net[:1](x).detach())
        torch.testing.assert_close(first.a.T, net[:2](x).detach())
        torch.testing.assert_close(last.z.T, net(x).detach())
        torch.testing.assert_close(answers.last(name).a.T, net(x).sigmoid().detach())
    with pytest.raises(KeyError, match="other"):
        answers.of("other")
