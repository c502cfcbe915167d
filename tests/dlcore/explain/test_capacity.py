"""Networks that are trained as one get the scores that each gets alone, and their curves say what the page says."""

from __future__ import annotations

import numpy as np
import pytest
import torch
from torch import nn

from datasets.registry import card
from dlcore.explain.capacity import _RATE, _UPDATES, FRESH, SEEDS, _Networks, scores


def alone(seed: int, *, examples: int, units: int) -> tuple[float, float]:
    """The accuracies of one of them, trained by itself as a textbook would."""
    data = card("circle").load(samples=examples + FRESH, noise=0.3, seed=seed)
    rows = np.random.default_rng(seed).permutation(examples + FRESH)
    x, y = torch.from_numpy(data.inputs[rows]).float() / 6, torch.from_numpy(data.targets[rows]).float()
    network = nn.Sequential(nn.Linear(2, units), nn.Tanh(), nn.Linear(units, 1))
    w1, b1, w2, b2 = (each.detach()[seed] for each in _Networks(SEEDS, units).parameters)
    network.load_state_dict({"0.weight": w1.T, "0.bias": b1[0], "2.weight": w2.T, "2.bias": b2[0]})
    optimizer = torch.optim.Adam(network.parameters(), lr=_RATE)
    for _ in range(_UPDATES):
        loss = nn.functional.binary_cross_entropy_with_logits(network(x[:examples])[:, 0], y[:examples])
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
    right = ((network(x)[:, 0] > 0) == (y > 0.5)).double()
    return right[:examples].mean().item(), right[examples:].mean().item()


def test_each_network_is_trained_as_if_it_were_alone() -> None:
    found = scores(name="circle", noise=0.3, examples=30, units=4)
    assert len(found["train"]) == len(found["test"]) == SEEDS
    train, test = alone(5, examples=30, units=4)
    assert found["train"][5] == pytest.approx(train, abs=1 / 30)  # a point on the border may fall either way
    assert found["test"][5] == pytest.approx(test, abs=4 / FRESH)


def test_the_gap_closes_with_examples_and_opens_with_units() -> None:
    def gap(examples: int, units: int) -> tuple[float, float]:
        found = scores(name="circle", noise=0.3, examples=examples, units=units)
        return float(np.mean(found["train"]) - np.mean(found["test"])), float(np.mean(found["test"]))

    few, many, small = gap(20, 16), gap(320, 16), gap(40, 1)
    assert few[0] > 0.15 and many[0] < 0.07 and many[1] > few[1] + 0.05
    assert small[1] < 0.65 and small[0] < 0.1, "one unit is wrong on both"


def test_what_cannot_be_measured_is_refused() -> None:
    with pytest.raises(ValueError, match="at least 4 examples and 1 unit; received 2 and 0"):
        scores(name="circle", noise=0.3, examples=2, units=0)
