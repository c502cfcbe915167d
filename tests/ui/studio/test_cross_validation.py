import pytest

from dlcore.specs import limits
from dlcore.specs.race import Race
from dlcore.training.samples import prepare_samples
from tests.own import OWNER, flowers, own_table, uploads
from ui.studio import cross_validation
from ui.studio.cross_validation import FOLDS, SETS, _race


@pytest.mark.parametrize("name", SETS)
def test_every_set_on_offer_can_be_divided(name: str) -> None:
    for folds in FOLDS:
        race = _race(name, folds)
        assert race.repeats and len(race.members) == folds <= limits.VARIANTS
        assert getattr(race.base.training, "epochs", None), "it ends by itself"


def test_a_table_of_ones_own_can_be_divided_and_every_row_is_tested_once(monkeypatch: pytest.MonkeyPatch) -> None:
    with uploads() as store:
        upload = store.add(OWNER, "flowers.csv", flowers()).id
        table = own_table(upload, flowers())
        late = own_table("B" * 22, flowers()).replace({"split": "time"})  # has an order of its own, and no folds
        monkeypatch.setattr(cross_validation, "all_kept", lambda: (table, late))
        offered = cross_validation.offers()
        assert set(offered) == {*SETS, upload} and offered[upload].title.endswith("(yours)")
        race = Race.parse(cross_validation._divided(offered[upload].base, 4))
        parts = [prepare_samples(member.data) for member in race.members]
        assert sum(len(part.x_test) for part in parts) == 60
        assert {len(part.x_test) for part in parts} == {15}
