import dataclasses

import numpy as np
import pytest

from datasets.dataset import Card, Dataset
from datasets.registry import card


def a_set(classes: tuple[str, ...]) -> Dataset:
    return Dataset(inputs=np.zeros((0, 1)), targets=np.zeros(0), features=("a",), target="t", classes=classes)


@pytest.mark.parametrize(
    ("classes", "task"), [((), "regression"), (("a", "b"), "binary"), (("a", "b", "c"), "multiclass")]
)
def test_the_number_of_classes_decides_the_task(classes: tuple[str, ...], task: str) -> None:
    made = Card(
        name="n",
        title="N",
        kind="table",
        summary="",
        features=("a",),
        target="t",
        classes=classes,
        load=lambda: a_set(classes),
    )
    assert made.task == made.load().task == task


@pytest.mark.parametrize(
    ("name", "size"),
    [
        ("penguins", "342 rows of 4 numbers"),
        ("spiral", "points of 2 numbers"),
        ("digits", "1,797 images of 1 × 8 × 8"),
        ("shapes", "images of 1 × 32 × 32"),
    ],
)
def test_a_card_says_how_much_there_is(name: str, size: str) -> None:
    assert card(name).size == size


def test_a_data_set_is_frozen() -> None:
    with pytest.raises(dataclasses.FrozenInstanceError):
        a_set(()).target = "other"  # type: ignore[misc]  # that this fails is the point
