from __future__ import annotations

import pytest
import torch

from dlcore.explain.certainty import certainty, gives_probabilities
from dlcore.specs.supervised import Supervised


def spec(data: str, loss: str, output: str | None = None) -> Supervised:
    network = {} if output is None else {"output": output}
    return Supervised.parse(
        {"data": {"kind": "generated", "name": data}, "network": network, "training": {"loss": loss}}
    )


def test_softmax_gives_the_probability_of_the_predicted_class() -> None:
    scores = torch.tensor([[0.0, 2.0, 1.0], [3.0, 3.0, -1.0]])
    predicted, sure = certainty(scores, spec("rings", "cross_entropy"))
    e = 2.718281828459045
    assert predicted.tolist() == [1, 0]
    assert sure.tolist() == pytest.approx([e**2 / (1 + e**2 + e), 1 / (2 + e**-4)], rel=1e-5)


def test_one_probability_speaks_for_either_class() -> None:
    logits = torch.tensor([[1.0], [-2.0]])
    predicted, sure = certainty(logits, spec("circle", "bce"))
    assert predicted.tolist() == [1, 0]
    assert sure.tolist() == pytest.approx([1 / (1 + 2.718281828**-1), 1 - 1 / (1 + 2.718281828**2)], rel=1e-5)
    predicted, sure = certainty(torch.tensor([[0.3]]), spec("circle", "mse", "sigmoid"))
    assert (predicted.tolist(), sure.tolist()) == ([0], pytest.approx([0.7]))


def test_outputs_that_are_no_probabilities_are_taken_as_they_are() -> None:
    signs = spec("circle", "mse", "tanh")
    assert not gives_probabilities(signs) and gives_probabilities(spec("circle", "bce"))
    predicted, sure = certainty(torch.tensor([[-0.9], [0.2]]), signs)
    assert (predicted.tolist(), sure.tolist()) == ([0, 1], pytest.approx([0.9, 0.2]))
    predicted, sure = certainty(torch.tensor([[-0.9, 0.2, 0.1]]), spec("rings", "mse", "linear"))
    assert (predicted.tolist(), sure.tolist()) == ([1], pytest.approx([0.2]))
