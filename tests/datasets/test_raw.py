"""Tables as their files have them."""

from __future__ import annotations

import pandas as pd
import pytest
from palmerpenguins import load_penguins

from datasets.penguins import read_penguins
from datasets.raw import as_raw


def test_penguins_are_those_of_their_package() -> None:
    raw = read_penguins()
    frame: pd.DataFrame = load_penguins()
    assert raw.columns == tuple(frame.columns)
    assert len(raw.rows) == len(frame) == 344
    assert raw.missing == tuple(frame.isna().sum())
    assert raw.complete == len(frame.dropna()) == 333
    assert [row[0] for row in raw.rows] == list(frame["species"])


def test_gaps_by_hand() -> None:
    raw = as_raw([["a", "b"], ["1", "?"], ["?", "?"], ["2", "3"]], missing="?")
    assert raw.rows == (("1", None), (None, None), ("2", "3"))
    assert (raw.missing, raw.complete) == ((1, 2), 1)


@pytest.mark.parametrize("rows", [[], [["a"], ["1", "2"]]])
def test_a_ragged_table_is_refused(rows: list[list[str]]) -> None:
    with pytest.raises(ValueError, match="expected a header and rows of as many cells"):
        as_raw(rows, missing="")
