"""What follows an update is the same in every lab that learns from mini-batches."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any, cast

import pytest
from torch import nn

from dlcore.labs.lab import Diverged
from dlcore.labs.mini_batch import MiniBatchLab
from dlcore.specs.supervised import Supervised
from dlcore.specs.training import TrainingSpec
from dlcore.training.trainer import Trainer


class Falling:
    """A trainer of one weight, two updates an epoch; the loss on the test part is |weight|."""

    updates_an_epoch, late, why_not_recorded = 2, 0, None

    def __init__(self, weights: list[float], lost: float | None = None) -> None:
        self.network = nn.Sequential(nn.Linear(1, 1, bias=False))
        self.weights, self.updates, self.lost, self.changed = weights, 0, lost, None

    epoch = property(lambda self: self.updates / 2)
    between_epochs = property(lambda self: self.updates % 2 == 0)

    def step(self) -> float | None:
        self.network[0].weight.data.fill_(self.weights[self.updates])
        self.updates += 1
        return self.lost

    def settle(self) -> float | None:
        return self.lost

    def change(self, spec: Any) -> None:
        self.changed = spec

    def state_dict(self) -> dict[str, Any]:
        return {"updates": self.updates}

    def load_state_dict(self, state: dict[str, Any]) -> None:
        self.updates = state["updates"]


class Lab(MiniBatchLab):
    """Notes what it is asked."""

    def __init__(self, trainer: Falling, **training: Any) -> None:
        super().__init__(cast("Trainer", trainer), TrainingSpec(**training))
        self.asked: list[str] = []
        self.forgotten = 0

    @property
    def weight(self) -> float:
        return self.trainer.network[0].weight.item()  # type: ignore[union-attr, operator]  # the first layer is linear

    def loss_on(self, part: str) -> float:
        self.asked.append(part)
        return abs(self.weight)

    def forget(self) -> None:
        self.forgotten += 1


def test_epochs_end_training_once_and_who_goes_on_is_left_alone() -> None:
    lab = Lab(Falling([0.0] * 8), epochs=2)
    ended = []
    for _ in range(6):
        lab.step()
        ended.append((lab.steps, lab.ended_at, lab.finished()))
    assert ended[2] == (3, None, None) and ended[3] == (4, 4, "2 epochs are done.") and ended[5][1] == 4
    assert lab.epoch == 3 and lab.steps_an_epoch == 2 and lab.remark == "" and lab.asked == []


def test_the_best_weights_come_back_and_are_measured_anew() -> None:
    lab = Lab(Falling([3.0, 3.0, 1.0, 1.0, 2.0, 2.0]), early_stopping={"patience": 1})
    for _ in range(6):
        lab.step()
    assert lab.asked == ["test"] * 3, "once an epoch"
    assert "Early stopping" in str(lab.finished()) and lab.weight == 1.0 and lab.forgotten == 1 and lab.ended_at == 6


def test_a_loss_that_is_no_number_is_told_with_its_update() -> None:
    lab = Lab(Falling([0.0] * 4, lost=float("inf")), epochs=1)
    with pytest.raises(Diverged, match="update 1"):
        lab.step()
    with pytest.raises(Diverged):
        lab.settle()
    assert lab.finished() is None


def test_changed_settings_move_the_end_and_the_rate() -> None:
    trainer = Falling([0.0] * 8)
    lab = Lab(trainer, epochs=1)
    lab.step()
    lab.step()
    assert lab.finished() and lab.ended_at == 2
    schedule = {"kind": "step", "every": 1, "decay": 0.5}
    spec = Supervised().replace({"training.epochs": 3, "training.learning_rate": 0.4, "training.schedule": schedule})
    lab.go_on_with(spec)
    assert trainer.changed is spec and lab.finished() is None and lab.ended_at is None
    assert lab.learning_rate == pytest.approx(0.2)


def test_a_state_brings_back_the_end() -> None:
    lab, other = (Lab(Falling([0.0] * 4), epochs=1) for _ in range(2))
    lab.step()
    lab.step()
    other.load_state_dict(lab.state_dict())
    assert (other.steps, other.ended_at, other.finished()) == (2, 2, "1 epoch is done.")
    assert other.forgotten == 1
    assert SimpleNamespace(**other.state_dict()).ended_at == 2
