"""Looking a row up in a registry by its name."""

from __future__ import annotations

import reprlib
from collections.abc import Iterable
from typing import Protocol, TypeVar


class Named(Protocol):
    """A registry row."""

    @property
    def name(self) -> str:
        """What specs call it."""


Row = TypeVar("Row", bound=Named)


def find(rows: Iterable[Row], name: str, what: str) -> Row:
    """The row called `name`.

    Raises: ValueError: no row has that name; the sentence lists the names there are.
    """
    rows = tuple(rows)
    for row in rows:
        if row.name == name:
            return row
    raise ValueError(f"{what}: expected one of {', '.join(row.name for row in rows)}; received {reprlib.repr(name)}")
