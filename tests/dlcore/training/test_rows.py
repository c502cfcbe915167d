from __future__ import annotations

import pytest

from dlcore.training.losses import LOSSES
from dlcore.training.rows import find


def test_finds_the_row_of_that_name() -> None:
    assert find(LOSSES, "huber", "loss").title == "Huber"


def test_unknown_name_lists_the_names_there_are() -> None:
    with pytest.raises(
        ValueError, match=r"^loss: expected one of mse, mae, huber, bce, cross_entropy; received 'hinge'$"
    ):
        find(LOSSES, "hinge", "loss")
