"""Batches of every size: as many updates or epochs, and what the section says of noise and time, measured."""

from __future__ import annotations

import math
from typing import Any

import pytest

from dlcore.labs.registry import make_lab
from dlcore.specs.race import Race
from ui.lessons.optimizers_batches import CHOSEN, LENGTHS, _length, _raced, _suits, race
from ui.lessons.optimizers_sets import OFFERS, Offer


@pytest.mark.parametrize("offer", OFFERS, ids=lambda offer: offer.name)
@pytest.mark.parametrize("length", LENGTHS)
def test_all_get_as_many_on_every_set(offer: Offer, length: str) -> None:
    for optimizer in CHOSEN:
        spec = race(offer, length, optimizer, 0.1)
        assert _suits(spec) and _length(spec) == length
    sizes = [member.training.batch_size for member in spec.members]
    assert sizes == [1, 8, 64, "all"]
    moved = race().replace(_raced(race().replace({"base.seed": 5}), offer, length, "adam"))
    assert _suits(moved) and _length(moved) == length and moved.base.seed == 5
    assert moved.base.training.optimizer.kind == "adam" and moved.goal == offer.goal


def test_other_races_do_not_belong_here() -> None:
    spec = race()
    assert not _suits(spec.replace({"timed": False})) and not _suits(Race())
    assert not _suits(spec.replace({"base.training.optimizer": "gd"}))
    assert not _suits(spec.replace({"variants.1.changes": {"training.batch_size": 9}}))


def test_noise_falls_and_an_epoch_gets_cheaper_as_batches_grow() -> None:
    lab: Any = make_lab(race().replace({"base.training.step": "auto"}))  # the quick way to the same numbers
    for _ in range(200):
        lab.step()
    metrics = lab.frame().metrics
    noises = [metrics[f"{number}/noise"] for number in range(4)]
    assert noises[0] > 1.5 * noises[1] > 1.5 * 1.5 * noises[2] and noises[3] < 0.1 * noises[2]
    n = len(lab.runners[0].lab.x_train)
    for number, size in enumerate((1, 8, 64, n)):
        assert metrics[f"{number}/epoch"] == pytest.approx(200 / math.ceil(n / size))
    seconds = [metrics[f"{number}/epoch_seconds"] for number in range(4)]
    assert seconds == sorted(seconds, reverse=True) and seconds[0] > 10 * seconds[2]
