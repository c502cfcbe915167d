"""The perceptron's rule comes to rest on the two clouds of the page and never on XOR."""

from __future__ import annotations

import numpy as np
import pytest

from dlcore.labs.perceptron import PerceptronLab
from ui.lessons.neuron_rule import RULE, SETS


@pytest.mark.parametrize("seed", [1, 2])
def test_it_rests_within_the_bound_that_the_page_states(seed: int) -> None:
    lab = PerceptronLab(RULE.replace({"data.seed": seed}))
    corrections = 0
    while lab.finished() is None:
        lab.step()
        corrections += lab.corrected
    w = np.append(lab.w.numpy(), lab.b.numpy())
    x = np.column_stack([lab.x.numpy(), np.ones(len(lab.x))])
    margin = (np.where(lab.y.numpy() == 1, 1, -1) * (x @ w)).min() / np.linalg.norm(w)
    assert margin > 0, "all training samples are right"
    # the margin that it found is no wider than the widest, so this bound is no smaller than Novikoff's
    assert 0 < corrections <= (np.linalg.norm(x, axis=1).max() / margin) ** 2


def test_on_xor_no_round_is_without_a_mistake() -> None:
    assert set(SETS) == {"gauss", "xor"} and RULE.epochs is None
    lab = PerceptronLab(RULE.replace({"data.name": "xor", "data.noise": 0.0}))
    rounds = []
    for _ in range(40):
        for _ in range(lab.steps_an_epoch):
            lab.step()
        rounds.append(lab.mistakes_last_epoch or 0)
    assert lab.finished() is None and min(rounds) > 20, "of 100 samples a round"
