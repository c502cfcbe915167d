"""A table as its file has it, before anything is left out or turned into numbers."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class RawTable:
    """The columns by name, and the rows of cells as text; None where the file says that a value is missing."""

    columns: tuple[str, ...]
    rows: tuple[tuple[str | None, ...], ...]

    @property
    def missing(self) -> tuple[int, ...]:
        """How many cells of each column are missing."""
        return tuple(sum(row[column] is None for row in self.rows) for column in range(len(self.columns)))

    @property
    def complete(self) -> int:
        """How many rows have every value."""
        return sum(None not in row for row in self.rows)


def as_raw(rows: list[list[str]], *, missing: str) -> RawTable:
    """A table from the cells of its file, the first row being the header; the text `missing` marks a gap.

    Raises: ValueError: there is no header, or a row has more or fewer cells than it.
    """
    if not rows or any(len(row) != len(rows[0]) for row in rows):
        raise ValueError("rows: expected a header and rows of as many cells; received others")
    cells = tuple(tuple(None if cell == missing else cell for cell in row) for row in rows[1:])
    return RawTable(columns=tuple(rows[0]), rows=cells)
