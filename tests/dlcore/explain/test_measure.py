import pytest
import torch

from dlcore.explain.measure import measure
from dlcore.specs.supervised import Supervised
from dlcore.training.make import make_loss
from dlcore.training.targets import encode


def measured(spec: Supervised, outputs: list[list[float]], y: torch.Tensor) -> dict[str, float]:
    return measure(spec, make_loss(spec), torch.tensor(outputs), encode(y, spec), y, "test")


def test_two_classes_by_one_score():
    found = measured(Supervised(), [[0.0], [2.0], [-1.0]], torch.tensor([0, 1, 1]))
    by_hand = -(torch.tensor([0.5, 0.8807970779778823, 0.2689414213699951]).log().mean()).item()
    assert found == {"test_loss": pytest.approx(by_hand), "test_accuracy": pytest.approx(2 / 3)}


def test_three_classes_by_three_scores():
    spec = Supervised.parse({"data": {"kind": "generated", "name": "rings"}, "training": {"loss": "cross_entropy"}})
    found = measured(spec, [[9.0, 0.0, 0.0], [0.0, 9.0, 0.0]], torch.tensor([0, 2]))
    assert found == {"test_loss": pytest.approx(4.5 + 0.0002468, abs=1e-6), "test_accuracy": 0.5}


def test_numbers_by_their_share_of_the_spread():
    spec = Supervised.parse({"data": {"kind": "generated", "name": "sine"}, "training": {"loss": "mse"}})
    found = measured(spec, [[1.0], [2.0], [2.0]], torch.tensor([1.0, 2.0, 3.0]))
    assert found == {"test_loss": pytest.approx(1 / 3), "test_r2": pytest.approx(0.5)}
