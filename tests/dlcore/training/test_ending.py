from __future__ import annotations

from typing import Any

import pytest
import torch
from torch import nn

from dlcore.specs.training import EarlyStopping, TrainingSpec
from dlcore.training.ending import Ending

PATIENT = EarlyStopping(patience=2)


class Course:
    """A run of one weight, whose value is the epoch, and whose losses are given."""

    def __init__(self, **training: Any) -> None:
        self.network = nn.Linear(1, 1, bias=False)
        self.ending = Ending(TrainingSpec(**training))
        self.asked: list[str] = []

    def epoch(self, number: int, test: float = 1.0, train: float = 1.0) -> bool:
        nn.init.constant_(self.network.weight, float(number))

        def loss(part: str) -> float:
            self.asked.append(part)
            return {"train": train, "test": test}[part]

        return self.ending.end_epoch(float(number), self.network, loss)

    @property
    def weight(self) -> float:
        return self.network.weight.item()


def test_without_conditions_it_never_ends_and_measures_nothing() -> None:
    course = Course()
    for number in range(1, 50):
        assert not course.epoch(number)
    assert course.ending.reason is None and course.asked == []


def test_all_epochs_are_done() -> None:
    course, reasons = Course(epochs=3), []
    for number in (1, 2, 3):
        assert not course.epoch(number)
        reasons.append(course.ending.reason)
    assert reasons == [None, None, "3 epochs are done."]
    assert course.weight == 3.0


def test_the_training_loss_is_low_enough() -> None:
    course = Course(stop_loss=0.25)
    reasons = []
    for number, train in enumerate((0.26, 0.25), start=1):
        course.epoch(number, train=train)
        reasons.append(course.ending.reason)
    assert reasons == [None, "The training loss has reached 0.25."]
    assert set(course.asked) == {"train"}


def test_early_stopping_puts_the_best_weights_back_and_asks_nothing_more() -> None:
    course = Course(early_stopping=PATIENT, stop_loss=1e-9, epochs=4)
    assert [course.epoch(number, test=loss) for number, loss in enumerate((3.0, 2.0, 2.5), start=1)] == [False] * 3
    assert course.epoch(4, test=2.1)
    assert course.weight == 2.0
    reason = course.ending.reason
    assert reason is not None and reason.startswith("Early stopping: the test loss has not fallen for 2 epochs.")
    assert "The weights of epoch 2," in reason
    assert course.asked == ["test", "train"] * 3 + ["test"]


def test_the_last_epoch_brings_the_best_weights_back_too() -> None:
    course = Course(early_stopping=PATIENT, epochs=2)
    course.epoch(1, test=1.0)
    assert course.epoch(2, test=1.5)
    assert (course.weight, course.ending.reason) == (1.0, "2 epochs are done.")


def test_who_goes_on_is_left_alone_until_the_conditions_change() -> None:
    course = Course(epochs=1)
    reasons = []
    for number in range(1, 5):
        course.epoch(number)
        reasons.append(course.ending.reason)
        if number == 2:
            course.ending.change(TrainingSpec(epochs=4))
    assert reasons == ["1 epoch is done.", "1 epoch is done.", None, "4 epochs are done."]


@pytest.mark.parametrize("seen", [1, 3])
def test_a_state_is_a_copy_that_can_be_taken_up_again(seen: int) -> None:
    losses = [3.0, 2.0, 2.5, 2.1, 5.0]
    course, other = Course(early_stopping=PATIENT), Course(early_stopping=PATIENT)
    for number in range(seen):
        course.epoch(number, test=losses[number])
    state = course.ending.state_dict()
    for number in range(seen, 4):
        course.epoch(number, test=losses[number])
    other.ending.load_state_dict(state)
    assert other.ending.reason is None
    ended = [other.epoch(number, test=losses[number]) for number in range(seen, 4)]
    assert ended[-1] and other.weight == course.weight == 1.0
    assert other.ending.reason == course.ending.reason
    assert torch.equal(course.network.weight, other.network.weight)
