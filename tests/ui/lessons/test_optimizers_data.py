"""All optimizers on real data: what the controls change, what belongs here, and that each of them learns."""

from __future__ import annotations

import math
from typing import Any

import pytest

from dlcore.labs.registry import make_lab
from dlcore.specs.race import Race
from dlcore.training.optimizers import OPTIMIZERS
from ui.lessons.optimizers_data import (
    OWN,
    _length,
    _raced,
    _rates,
    _shared,
    _suits,
    _whole,
    _with_rates,
    race,
)
from ui.lessons.optimizers_sets import OFFERS, Offer

# Test scores after 1,000 updates, GD SGD momentum Nesterov Adagrad RMSprop Adam AdamW, at the rates of OWN (seed 0):
# penguins 0.99 0.98 0.99 0.99 0.99 0.99 0.99 0.99; iris 0.96 0.93 0.96 0.96 0.93 0.96 0.96 0.96; wine all 1.00;
# breast cancer 0.98 0.99 0.98 0.98 0.98 0.98 0.98 0.98; diabetes (R²) 0.47 0.45 0.47 0.48 0.46 0.44 0.47 0.47;
# digits 0.96 0.94 0.96 0.96 0.96 0.95 0.96 0.96.
# Penguins with one rate for all, 0.001: 0.83 0.83 0.96 0.96 0.37 0.96 0.96 0.96; 0.03: 0.97 0.97 and six times 0.97 to
# 0.99. Training losses at 0.03: GD 0.032, SGD 0.032; momentum at 0.003: 0.032, as SGD at ten times that.

PENGUINS = OFFERS[0]
DIGITS = next(offer for offer in OFFERS if offer.name == "digits-mlp")


@pytest.mark.parametrize("offer", OFFERS, ids=lambda offer: offer.name)
@pytest.mark.parametrize("rates", [OWN, None], ids=["own", "one"])
def test_all_eight_race_on_every_set(offer: Offer, rates: dict[str, float] | None) -> None:
    spec = race(offer, 500, rates)
    assert _suits(spec) and _rates(spec) == rates
    assert [member.training.optimizer.kind for member in spec.members] == [row.name for row in OPTIMIZERS]
    assert len({member.network if member.kind == "supervised" else member.layers for member in spec.members}) == 1
    assert all(member.training.step == "textbook" for member in spec.members)
    assert 350 <= _whole(spec) <= 650


def test_settings_change_what_they_say() -> None:
    spec = race()
    one = spec.replace(_shared(spec, "One for all"))
    assert _suits(one) and {member.training.learning_rate for member in one.members} == {0.03}
    assert _rates(one.replace(_shared(one, "Each its own"))) == OWN
    own = spec.replace(_with_rates(spec, OWN | {"adam": 0.5}))
    assert _suits(own) and own.members[6].training.learning_rate == 0.5
    long = own.replace(_length(own, 2_000))
    assert _suits(long) and _rates(long) == _rates(own) and 1_900 <= _whole(long) <= 2_100
    other = long.replace(_raced(DIGITS, long.replace({"base.seed": 3})))
    assert _suits(other) and other.base.seed == 3 and other.goal == DIGITS.goal and _rates(other) == _rates(own)


@pytest.mark.parametrize(
    "changes", [{"timed": False}, {"variants": [{"title": "GD", "changes": {"training.optimizer": "gd"}}]}], ids=str
)
def test_other_races_do_not_belong_here(changes: dict[str, Any]) -> None:
    assert not _suits(race().replace(changes)) and not _suits(Race())


def test_all_make_about_as_many_updates_and_learn() -> None:
    lab: Any = make_lab(
        race(PENGUINS, 120).replace({"base.training.step": "auto"})
    )  # the quick way to the same numbers
    while lab.finished() is None:
        lab.step()
    metrics = lab.frame().metrics
    updates = [metrics[f"{number}/updates"] for number in range(8)]
    assert max(updates) - min(updates) <= 15
    an_epoch = math.ceil(len(lab.runners[1].lab.x_train) / 16)
    assert lab.runners[0].lab.steps_an_epoch == 1 and lab.runners[1].lab.steps_an_epoch == an_epoch
    assert min(metrics[f"{number}/test_accuracy"] for number in range(8)) > 0.9
