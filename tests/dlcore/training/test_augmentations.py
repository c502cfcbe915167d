"""The registry of augmentations: every row has its function, its field and a strength that makes sense."""

from __future__ import annotations

import pytest

from dlcore.specs.augmentation import AugmentationSpec
from dlcore.training.augment import PLACES, VALUES
from dlcore.training.augmentations import AUGMENTATIONS


def test_every_function_has_a_row_and_every_row_a_function_of_its_kind() -> None:
    assert [row.name for row in AUGMENTATIONS if row.kind == "place"] == list(PLACES)
    assert [row.name for row in AUGMENTATIONS if row.kind == "value"] == list(VALUES)
    assert list(AugmentationSpec.model_fields) == [row.name for row in AUGMENTATIONS]


@pytest.mark.parametrize("row", AUGMENTATIONS, ids=lambda row: row.name)
def test_a_row_says_what_it_does_in_steps_that_reach_both_ends(row: object) -> None:
    from dlcore.training.augmentations import Augmentation

    assert isinstance(row, Augmentation)
    assert row.summary.endswith(".") and row.title and row.unit
    assert 0 < row.usual <= row.most
    for strength in (row.usual, row.most):
        assert abs(strength / row.step - round(strength / row.step)) < 1e-9  # a slider can be set to it
