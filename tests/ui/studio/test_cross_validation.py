import pytest

from dlcore.specs import limits
from ui.studio.cross_validation import FOLDS, SETS, _race


@pytest.mark.parametrize("name", SETS)
def test_every_set_on_offer_can_be_divided(name: str) -> None:
    for folds in FOLDS:
        race = _race(name, folds)
        assert race.repeats and len(race.members) == folds <= limits.VARIANTS
        assert getattr(race.base.training, "epochs", None), "it ends by itself"
