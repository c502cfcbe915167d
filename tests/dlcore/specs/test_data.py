import pytest
from pydantic import ValidationError

from datasets.registry import DATASETS
from dlcore.specs.data import DrawnData, GeneratedData, Point, TableData

PLANES_AND_TABLES = [row for row in DATASETS if row.kind != "images"]


@pytest.mark.parametrize("row", PLANES_AND_TABLES, ids=lambda row: row.name)
def test_every_data_set_has_a_spec_that_knows_its_card(row) -> None:  # type: ignore[no-untyped-def]  # any registry row
    spec = (GeneratedData if row.kind == "generated" else TableData)(name=row.name)
    assert spec.card is row
    assert spec.task == row.task


def test_a_table_is_no_generated_set_and_the_other_way_round() -> None:
    with pytest.raises(ValidationError, match=r"expected one of circle, .* received 'iris'"):
        GeneratedData(name="iris")
    with pytest.raises(ValidationError, match=r"expected one of penguins, .* received 'circle'"):
        TableData(name="circle")


@pytest.mark.parametrize("spec", [GeneratedData, TableData])
def test_images_are_no_data_of_the_playground(spec: type[GeneratedData]) -> None:
    for row in DATASETS:
        if row.kind == "images":
            with pytest.raises(ValidationError, match=f"received '{row.name}'"):
                spec(name=row.name)


def test_no_features_means_all() -> None:
    assert TableData().inputs == TableData().card.features
    assert TableData(features=("body mass (g)",)).inputs == ("body mass (g)",)


def test_axes_must_be_among_the_chosen_features() -> None:
    with pytest.raises(ValidationError, match=r"expected two of the inputs body mass \(g\); received 'bill depth"):
        TableData(features=("body mass (g)",), axes=("body mass (g)", "bill depth (mm)"))


def test_a_point_of_the_third_class_makes_drawn_data_multiclass() -> None:
    two = (Point(x1=0.0, x2=0.0, label=0), Point(x1=0.0, x2=0.0, label=1))
    assert DrawnData().task == DrawnData(points=two).task == "binary"
    assert DrawnData(points=(*two, Point(x1=0.0, x2=0.0, label=2))).task == "multiclass"
