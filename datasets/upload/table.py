"""A CSV file as a table of numbers: recognised, corrected by whoever brought it, and read."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np

from datasets.upload.bounds import BadUpload, Bounds, quoted, require_size
from datasets.upload.columns import Column, Kind, read_column, recognise_kind
from datasets.upload.dialect import Dialect, read_rows, recognise
from datasets.upload.text import read_text


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """A file cut into cells, and what its columns are taken for; nothing is read as numbers yet."""

    encoding: str
    dialect: Dialect
    names: tuple[str, ...]
    kinds: tuple[Kind, ...]
    rows: list[list[str]] = field(repr=False)  # without the header

    def cells(self, column: int) -> list[str]:
        """The cells of a column."""
        return [row[column] for row in self.rows]


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class Table:
    """Columns and their `values` (rows, columns) float64; NaN where a value is missing."""

    columns: tuple[Column, ...]
    values: np.ndarray


def recognise_sheet(
    data: bytes,
    bounds: Bounds,
    *,
    encoding: str | None = None,
    delimiter: str | None = None,
    header: bool | None = None,
    decimal: str | None = None,
) -> Sheet:
    """Cut a CSV file into cells and say what it seems to be; what is given is a correction and taken as it is.

    Raises: BadUpload: with what is wrong with the file.
    """
    require_size(data, bounds.table_bytes, "a CSV file")
    text, encoding = read_text(data, encoding)
    found = recognise(text, delimiter)
    dialect = Dialect(
        delimiter=found.delimiter,
        header=found.header if header is None else header,
        decimal=decimal or found.decimal,
    )
    rows = read_rows(text, dialect.delimiter, bounds)
    names = _names(rows[0], bounds) if dialect.header else tuple(f"column {n}" for n in range(1, len(rows[0]) + 1))
    rows = rows[1:] if dialect.header else rows
    if len(rows) < 2:
        raise BadUpload(f"This table has {len(rows)} row{'' if rows else 's'} of values: expected at least 2.")
    kinds = tuple(
        recognise_kind([row[column] for row in rows], bounds, dialect.decimal) for column in range(len(names))
    )
    return Sheet(encoding=encoding, dialect=dialect, names=names, kinds=kinds, rows=rows)


def read_table(sheet: Sheet, bounds: Bounds, kinds: Mapping[str, Kind] | None = None) -> Table:
    """The table of a sheet, with the kinds of columns that were corrected; columns of text are left out.

    Raises: BadUpload: a cell is not what its column holds, or no two columns are left.
    """
    kinds = dict(zip(sheet.names, sheet.kinds, strict=True)) | dict(kinds or {})
    columns, values = [], []
    for number, name in enumerate(sheet.names):
        if kinds[name] != "text":
            first = 2 if sheet.dialect.header else 1
            column, read = read_column(
                name, kinds[name], sheet.cells(number), bounds, decimal=sheet.dialect.decimal, first_line=first
            )
            columns.append(column)
            values.append(read)
    if len(columns) < 2:
        raise BadUpload(
            f"{len(columns)} of {len(sheet.names)} columns can be learned from: expected at least two with numbers, "
            "categories or dates. Give others a type."
        )
    return Table(columns=tuple(columns), values=np.column_stack(values))


def _names(row: list[str], bounds: Bounds) -> tuple[str, ...]:
    names = tuple(cell or f"column {number}" for number, cell in enumerate(row, 1))
    places: dict[str, int] = {}
    for number, name in enumerate(names, 1):
        if len(name) > bounds.name:
            raise BadUpload(
                f"The name of column {number}, {quoted(name)}, has {len(name):,} characters: at most {bounds.name} "
                "are read. Perhaps the first row is no header."
            )
        if name in places:
            raise BadUpload(
                f"Columns {places[name]} and {number} are both called {quoted(name)}: expected a name of its own for "
                "each column."
            )
        places[name] = number
    return names
