import pytest

from dlcore.specs.training import TrainingSpec
from dlcore.training.optimizers import OPTIMIZERS
from dlcore.training.schedules import SCHEDULES


@pytest.mark.parametrize("row", OPTIMIZERS, ids=lambda row: row.name)
def test_an_optimizer_by_name_has_its_registry_defaults(row) -> None:  # type: ignore[no-untyped-def]  # any registry row
    made = TrainingSpec.parse({"optimizer": row.name}).optimizer
    assert made.as_dict() == {"kind": row.name, **{name: default for name, _, default, _, _ in row.settings}}


@pytest.mark.parametrize("row", SCHEDULES, ids=lambda row: row.name)
def test_a_schedule_by_name_has_its_registry_defaults(row) -> None:  # type: ignore[no-untyped-def]  # any registry row
    assert TrainingSpec.parse({"schedule": row.name}).schedule.as_dict() == {"kind": row.name, **dict(row.settings)}


@pytest.mark.parametrize("row", [row for row in SCHEDULES if row.settings], ids=lambda row: row.name)
@pytest.mark.parametrize("epoch", [0.0, 0.5, 1e5])
def test_no_allowed_setting_makes_a_schedule_overflow(row, epoch: float) -> None:  # type: ignore[no-untyped-def]  # any row
    for value in (0.01, 1.0):
        made = TrainingSpec.parse(
            {"schedule": {"kind": row.name, **{name: value for name, _ in row.settings}}}
        ).schedule
        settings = {name: getattr(made, name) for name, _ in row.settings}
        assert 0.0 <= row.factor(epoch, **settings) <= 1.0


@pytest.mark.parametrize("size", [1, 5000, "all"])
def test_batch_sizes(size: int | str) -> None:
    assert TrainingSpec.parse({"batch_size": size}).batch_size == size
