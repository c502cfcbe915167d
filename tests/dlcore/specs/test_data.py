import pytest
from pydantic import ValidationError

from datasets.registry import DATASETS
from dlcore.specs.data import DrawnData, GeneratedData, ImageData, Point, SeriesData, TableData

KINDS = {"generated": GeneratedData, "table": TableData, "images": ImageData, "series": SeriesData}


@pytest.mark.parametrize("row", DATASETS, ids=lambda row: row.name)
def test_every_data_set_has_a_spec_that_knows_its_card(row) -> None:  # type: ignore[no-untyped-def]  # any registry row
    spec = KINDS[row.kind](name=row.name)
    assert spec.card is row
    assert spec.task == row.task
    assert spec.shape == (row.shape or (len(row.features),))


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


def test_images_know_how_many_they_are() -> None:
    assert ImageData().count == 5000
    assert ImageData(samples=300).count == 300
    assert ImageData(name="shapes").count == 2000
    assert (ImageData().share, ImageData(test_share=0.5).share) == (0.2, 0.5)


@pytest.mark.parametrize(
    ("values", "said"),
    [
        ({"name": "iris"}, r"expected one of digits, mnist, shapes, textures; received 'iris'"),
        ({"name": "digits", "samples": 1798}, "samples: digits has 1,797 images; received 1,798"),
        ({"name": "mnist", "noise": 0.1}, r"noise: only made images get noise, and mnist is a real set; received 0\.1"),
        ({"name": "textures", "test_share": 0.5}, r"test_share: textures says itself .*; received 0\.5"),
        ({"samples": 19}, "samples"),
    ],
)
def test_images_that_cannot_be_had_are_refused(values: dict[str, object], said: str) -> None:
    with pytest.raises(ValidationError, match=said):
        ImageData.model_validate(values)


def test_made_images_may_have_noise() -> None:
    assert ImageData(name="shapes", noise=0.1, samples=50).count == 50
