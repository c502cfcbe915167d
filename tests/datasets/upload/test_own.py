import numpy as np
import pytest

from datasets.upload.columns import Column
from datasets.upload.own import as_dataset
from datasets.upload.table import Table

NAN = np.nan
COLUMNS = (
    Column(name="day", kind="date"),
    Column(name="size", kind="number"),
    Column(name="kind", kind="category", categories=("a", "b")),
)
TABLE = Table(columns=COLUMNS, values=np.array([[5, 1, 0], [4, NAN, 1], [3, 2, NAN], [2, 3, 1]], dtype=float))


def test_rows_without_a_target_are_left_out() -> None:
    dataset = as_dataset(TABLE, columns=COLUMNS[1:2], target=COLUMNS[2])
    assert dataset.targets.tolist() == [0, 1, 1] and dataset.classes == ("a", "b")
    assert np.array_equal(dataset.inputs, [[1], [NAN], [3]], equal_nan=True)
    assert dataset.order is not None and dataset.order.tolist() == [0, 1, 2]


def test_whole_rows_alone() -> None:
    dataset = as_dataset(TABLE, columns=COLUMNS[1:2], target=COLUMNS[2], whole_rows=True, order=COLUMNS[0])
    assert dataset.inputs.tolist() == [[1], [3]]
    assert dataset.order is not None and dataset.order.tolist() == [5, 2]


def test_what_does_not_agree_is_refused() -> None:
    with pytest.raises(ValueError, match="order: 1 rows have no 'size', so they have no place in time"):
        as_dataset(TABLE, columns=COLUMNS[:1], target=COLUMNS[2], order=COLUMNS[1])
    with pytest.raises(ValueError, match="has no column 'width'"):
        as_dataset(TABLE, columns=[Column(name="width", kind="number")], target=COLUMNS[2])
    few = Table(columns=COLUMNS, values=TABLE.values[:2])
    with pytest.raises(ValueError, match="1 of 2 rows have no gap in what is used; expected at least 2"):
        as_dataset(few, columns=COLUMNS[1:2], target=COLUMNS[2], whole_rows=True)
