from typing import Any, get_args

import pytest

from datasets.registry import DATASETS
from dlcore.specs.data import AnyData
from dlcore.specs.layered import Layered
from dlcore.specs.perceptron import Perceptron
from dlcore.specs.supervised import Supervised
from ui.controls.data_kinds import KINDS, kinds_for, offered


def names(spec: Any, plane: bool = True) -> set[str]:
    return {row.kind for row in kinds_for(spec, plane=plane)}


def test_every_kind_of_data_set_has_a_row() -> None:
    known = {row.kind for row in KINDS}
    assert {row.kind for row in DATASETS} | {"drawn"} <= known
    assert known <= {part.model_fields["kind"].default for part in get_args(get_args(AnyData)[0])}
    assert len({row.title for row in KINDS}) == len(KINDS)


def test_kinds_are_offered_that_the_field_allows_and_the_page_can_show() -> None:
    assert {"generated", "table", "drawn"} <= names(Supervised()) and not {"images", "series"} & names(Supervised())
    assert {"generated", "table", "images", "series"} <= names(Layered(), plane=False)
    assert "drawn" not in names(Layered(), plane=False) and "drawn" in names(Layered(), plane=True)
    drawn = Layered().replace(next(row for row in KINDS if row.kind == "drawn").take(Layered()))
    assert "drawn" in names(drawn, plane=False), "what a link brought stays on the menu"


@pytest.mark.parametrize("row", KINDS, ids=lambda row: row.kind)
def test_taking_a_kind_gives_an_experiment_that_can_be_trained(row: Any) -> None:
    if row.kind not in {"generated", "table", "images", "series", "drawn"}:
        pytest.skip("a learner's own data have to be brought first")
    spec = Layered().replace(row.take(Layered()))
    assert spec.data.kind == row.kind and spec.walk.problem is None
    assert spec.replace(next(row for row in KINDS if row.kind == "images").take(spec)).data.kind == "images"


def test_only_fitting_sets_are_offered() -> None:
    assert [row.name for row in offered(Perceptron(), "table")] == ["breast-cancer"]
    assert [row.name for row in offered(Layered(), "images")] == [row.name for row in DATASETS if row.kind == "images"]
