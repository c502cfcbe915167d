"""An uploaded table as a data set: the chosen columns, the target, and when each row was taken."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from datasets.dataset import Dataset
from datasets.preprocess.missing import complete_rows
from datasets.upload.columns import Column
from datasets.upload.table import Table


def as_dataset(
    table: Table, *, columns: Sequence[Column], target: Column, order: Column | None = None, whole_rows: bool = False
) -> Dataset:
    """Rows whose target is known, in the order of the file: inputs (n, d) with NaN for gaps, targets, places in time.

    Categories are numbers, in the order of `Column.categories`. `whole_rows` leaves out rows with a gap in an input.

    Raises: ValueError: the table has not these very columns, a row has no place in time, or too few rows are left.
    """
    places = np.array([_place(table, column) for column in columns], dtype=np.int64)
    answers = table.values[:, _place(table, target)]
    rows = np.flatnonzero(~np.isnan(answers))
    if whole_rows:
        rows = rows[complete_rows(table.values[np.ix_(rows, places)])]
    if len(rows) < 2:
        raise ValueError(
            f"data: {len(rows)} of {len(answers)} rows have no gap in what is used; expected at least 2. Fill gaps, or "
            "leave out the columns that have many"
        )
    moments = np.arange(len(rows), dtype=np.float64)
    if order is not None:
        moments = table.values[rows, _place(table, order)]
        if gaps := int(np.isnan(moments).sum()):
            raise ValueError(f"order: {gaps} rows have no {order.name!r}, so they have no place in time")
    values = answers[rows]
    return Dataset(
        inputs=table.values[np.ix_(rows, places)],
        targets=values.astype(np.int64) if target.categories else values,
        features=tuple(column.name for column in columns),
        target=target.name,
        classes=target.categories,
        order=moments,
    )


def _place(table: Table, column: Column) -> int:
    if column not in table.columns:
        raise ValueError(f"data: the uploaded table has no column {column.name!r} like that of this experiment")
    return table.columns.index(column)
