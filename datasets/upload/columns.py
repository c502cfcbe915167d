"""The columns of a table: what each holds, as it is recognised and as it is read."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np

from datasets.upload.bounds import BadUpload, Bounds, quoted
from datasets.upload.cells import is_date, is_missing, is_number, to_days, to_number

Kind = Literal["number", "category", "date", "text"]
KINDS: dict[Kind, str] = {"number": "number", "category": "category", "date": "date", "text": "left out"}
_MOSTLY = 0.8  # a column with so many numbers is meant as one, and what is none in it is a mistake to be told
_REPEATED = 0.5  # texts are categories where at most so many of them differ


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """One column: its name, what it holds, and the categories there are, in their order."""

    name: str
    kind: Kind
    categories: tuple[str, ...] = ()


def recognise_kind(cells: Sequence[str], bounds: Bounds, decimal: str = ".") -> Kind:
    """What a column most likely holds; "text" (too many different words to learn from) is left out."""
    known = [cell for cell in cells if not is_missing(cell)]
    if not known:
        return "text"
    if sum(is_number(cell, decimal) for cell in known) >= _MOSTLY * len(known):
        return "number"
    if sum(map(is_date, known)) >= _MOSTLY * len(known):
        return "date"
    different = len(set(known))
    few = different <= max(2, _REPEATED * len(known))
    return "category" if few and different <= bounds.categories else "text"


def read_column(
    name: str, kind: Kind, cells: Sequence[str], bounds: Bounds, *, decimal: str = ".", first_line: int = 2
) -> tuple[Column, np.ndarray]:
    """The column and its values (n,) float64: numbers, days since 1970, or numbers of categories; NaN is missing.

    Raises: BadUpload: a cell is not of this kind, infinite or too large, or there are too many categories.
    """
    if kind == "category":
        return _read_categories(name, cells, bounds)
    values = np.full(len(cells), np.nan)
    if kind == "text":
        return Column(name=name, kind=kind), values
    for row, cell in enumerate(cells):
        if is_missing(cell):
            continue
        try:
            values[row] = to_number(cell, decimal) if kind == "number" else to_days(cell)
        except ValueError as error:
            expected = "a finite number" if kind == "number" and is_number(cell, decimal) else str(error)
            raise BadUpload(
                f"Column {quoted(name)}, row {row + first_line:,}: expected {expected}, received {quoted(cell)}. Mend "
                "the file (an empty cell is a missing value), or give the column another type."
            ) from None
        if not abs(values[row]) <= bounds.number:
            raise BadUpload(
                f"Column {quoted(name)}, row {row + first_line:,}: expected a number of at most {bounds.number:.0e} in "
                f"size, received {quoted(cell)}."
            )
    return Column(name=name, kind=kind), values


def _read_categories(name: str, cells: Sequence[str], bounds: Bounds) -> tuple[Column, np.ndarray]:
    counts = Counter(cell for cell in cells if not is_missing(cell))
    if len(counts) > bounds.categories:
        raise BadUpload(
            f"Column {quoted(name)} has {len(counts):,} different values: a column of categories may have "
            f"{bounds.categories}. Give it another type, or leave it out."
        )
    if long := next((word for word in counts if len(word) > bounds.name), None):
        raise BadUpload(
            f"Column {quoted(name)}: the category {quoted(long)} has {len(long):,} characters; at most {bounds.name} "
            "are read."
        )
    categories = tuple(sorted(counts, key=_in_order))
    number = {word: float(place) for place, word in enumerate(categories)}
    values = np.array([number.get(cell, np.nan) for cell in cells], dtype=np.float64)
    return Column(name=name, kind="category", categories=categories), values


def _in_order(word: str) -> tuple[bool, float, str]:
    """Numbers by size before words by alphabet."""
    return (False, to_number(word), word) if is_number(word) and word.lstrip("+-")[:1].isdigit() else (True, 0.0, word)
