"""How a CSV file is written: what separates its cells, whether it has a header, what marks decimals."""

from __future__ import annotations

import csv
import io
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from datasets.upload.bounds import BadUpload, Bounds
from datasets.upload.cells import is_date, is_missing, is_number

DELIMITERS = {",": "comma", ";": "semicolon", "\t": "tab", "|": "bar"}
_FIRST = 200  # rows by which a dialect is recognised
_DECIMAL_COMMA = re.compile(r"[-+]?\d+,\d+(?:[eE][-+]?\d+)?")
_DECIMAL_POINT = re.compile(r"[-+]?\d*\.\d+(?:[eE][-+]?\d+)?")


@dataclass(frozen=True, slots=True, kw_only=True)
class Dialect:
    """How cells are separated, whether the first row holds names, and the sign between units and tenths."""

    delimiter: str
    header: bool
    decimal: str  # "." or ","


def recognise(text: str, delimiter: str | None = None) -> Dialect:
    """The dialect that fits the first rows best, or the best with a given delimiter.

    Where several delimiters give rows of equal length, the comma comes last: it also stands within numbers. The first
    row is a header unless a cell of it could be a value: a number, a date, nothing (but the first cell may be empty).
    """
    found = {mark: _first_rows(text, mark) for mark in ((delimiter,) if delimiter else ("\t", ";", "|", ","))}
    best = max(found, key=lambda mark: _fit(found[mark]))
    rows = found[best]
    decimal = "," if best != "," and _decimal_comma(rows) else "."
    first = rows[0] if rows else []
    # a first cell that is empty stands over an index that another program wrote
    valued = any(is_number(cell, decimal) or is_date(cell) for cell in first) or any(map(is_missing, first[1:]))
    return Dialect(delimiter=best, header=not valued, decimal=decimal)


def read_rows(text: str, delimiter: str, bounds: Bounds) -> list[list[str]]:
    """All rows that are not empty, each with as many cells as the first, cells without blanks around them.

    Raises: BadUpload: no row, a single column, more rows, columns or cells than are read, rows of different length, a
    quotation mark that is never closed.
    """
    rows: list[list[str]] = []
    for line, row in _cells(text, delimiter):
        if not rows:
            _require_columns(row, delimiter, bounds)
        elif len(row) != len(rows[0]):
            raise BadUpload(
                f"Line {line:,} has {len(row):,} cells: expected {len(rows[0]):,}, as in the first row. "
                "Mend the line, or choose another delimiter."
            )
        rows.append(row)
        if len(rows) > bounds.rows + 1 or len(rows) * len(row) > bounds.cells + len(row):
            raise BadUpload(
                f"This table is too large: at most {bounds.rows:,} rows and {bounds.cells:,} cells are read, and it "
                "has more. Take a part of it."
            )
    if not rows:
        raise BadUpload("This file holds no rows: expected a header and rows of values.")
    return rows


def _require_columns(row: Sequence[str], delimiter: str, bounds: Bounds) -> None:
    if len(row) < 2:
        raise BadUpload(
            f"This table has one column: expected at least two, separated by {_named(delimiter)}, one to predict and "
            "one to predict it from."
        )
    if len(row) > bounds.columns:
        raise BadUpload(f"This table has {len(row):,} columns: at most {bounds.columns:,} are read. Leave some out.")


def _cells(text: str, delimiter: str) -> Iterator[tuple[int, list[str]]]:
    """The number of the line where each row ends, and its cells."""
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    began = 1
    try:
        for row in reader:
            if row:
                yield reader.line_num, [cell.strip() for cell in row]
            began = reader.line_num + 1
    except csv.Error as error:
        if "unexpected end" in str(error) or "field larger" in str(error):
            raise BadUpload(
                f"A quotation mark that opens in line {began:,} is never closed: expected a second one at the end of "
                "its cell."
            ) from None
        raise BadUpload(
            f"Line {reader.line_num:,} cannot be read: a quotation mark closes, and then the cell goes on; expected "
            f"{_named(delimiter)} after it."
        ) from None


def _first_rows(text: str, delimiter: str) -> list[list[str]]:
    rows: list[list[str]] = []
    try:
        for _, row in _cells(text, delimiter):
            rows.append(row)
            if len(rows) == _FIRST:
                break
    except BadUpload:  # said when the whole is read; the rows before it tell how it is written
        pass
    return rows


def _fit(rows: Sequence[Sequence[str]]) -> tuple[bool, float]:
    """Whether there are several columns, and the share of rows of the usual length."""
    if not rows:
        return False, 0.0
    usual, count = Counter(map(len, rows)).most_common(1)[0]
    return usual > 1, count / len(rows)


def _decimal_comma(rows: Sequence[Sequence[str]]) -> bool:
    cells = [cell for row in rows for cell in row]
    commas = sum(_DECIMAL_COMMA.fullmatch(cell) is not None for cell in cells)
    return commas > sum(_DECIMAL_POINT.fullmatch(cell) is not None for cell in cells)


def _named(delimiter: str) -> str:
    return f"a {DELIMITERS[delimiter]}" if delimiter in DELIMITERS else repr(delimiter)
