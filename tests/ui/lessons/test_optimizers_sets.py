"""The data sets on offer for races of optimizers."""

from __future__ import annotations

import pytest

from dlcore.specs.race import Race
from dlcore.training.samples import prepare_samples
from ui.lessons.optimizers_sets import OFFERS, Offer, base_of, offer_of, samples_of, updates_of


@pytest.mark.parametrize("offer", OFFERS, ids=lambda offer: offer.name)
def test_an_offer_is_found_again_whatever_was_set(offer: Offer) -> None:
    base = base_of(offer.name)
    changed = base.replace({"seed": 7, "training.learning_rate": 0.5, "training.optimizer": "adam"})
    race = Race.parse({"base": changed, "variants": [{"title": "one"}]})
    assert offer_of(race, ("training.learning_rate", "training.optimizer")) == offer
    assert offer_of(race, ("training.learning_rate",)) is None


@pytest.mark.parametrize("offer", OFFERS, ids=lambda offer: offer.name)
def test_samples_are_counted_without_loading_them(offer: Offer) -> None:
    base = base_of(offer.name)
    found = len(prepare_samples(base.data).x_train)
    assert abs(samples_of(base) - found) <= 2
    assert updates_of(base, 8) in (found // 8, found // 8 + 1)
