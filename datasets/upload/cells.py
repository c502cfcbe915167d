"""What a cell of a table can be: nothing, a number, a date, or text."""

from __future__ import annotations

import re
from datetime import UTC, datetime

_MISSING = frozenset({"", "na", "n/a", "nan", "null", "none", "?", "-", "--", "#n/a"})
_NUMBER = re.compile(r"[-+]?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?")
_INFINITE = re.compile(r"[-+]?(?:inf|infinity|∞)", re.IGNORECASE)
_ISO = re.compile(r"\d{4}-\d\d-\d\d(?:[T ]\d\d:\d\d(?::\d\d(?:\.\d{1,6})?)?(?:Z|[+-]\d\d:\d\d)?)?")
_DOTTED = re.compile(r"(\d\d?)\.(\d\d?)\.(\d{4})")
_DAY = 86_400.0


def is_missing(cell: str) -> bool:
    """Whether a cell says that its value is not known: empty, NA, NaN, null, ?, -."""
    return cell.casefold() in _MISSING


def is_number(cell: str, decimal: str = ".") -> bool:
    """Whether a cell is written as a number, infinite ones too (which are refused when they are read)."""
    return _NUMBER.fullmatch(_pointed(cell, decimal)) is not None or is_infinite(cell)


def is_infinite(cell: str) -> bool:
    """Whether a cell says infinity."""
    return _INFINITE.fullmatch(cell) is not None


def to_number(cell: str, decimal: str = ".") -> float:
    """The number that a cell holds. Raises: ValueError: it is none, or an infinite one."""
    pointed = _pointed(cell, decimal)
    if _NUMBER.fullmatch(pointed) is None:
        raise ValueError("a number")
    return float(pointed)


def is_date(cell: str) -> bool:
    """Whether a cell is a day, 2026-11-21 or 21.11.2026, or such a day with a time of day after a T or a blank."""
    try:
        to_days(cell)
    except ValueError:
        return False
    return True


def to_days(cell: str) -> float:
    """Days since 1 January 1970, in universal time. Raises: ValueError: this is no date."""
    if _ISO.fullmatch(cell):
        moment = datetime.fromisoformat(cell)
    elif dotted := _DOTTED.fullmatch(cell):
        day, month, year = map(int, dotted.groups())
        moment = datetime(year, month, day)  # a day has no zone; it gets one below
    else:
        raise ValueError("a date such as 2026-11-21")
    if moment.tzinfo is None:
        moment = moment.replace(tzinfo=UTC)
    return (moment - datetime(1970, 1, 1, tzinfo=UTC)).total_seconds() / _DAY


def _pointed(cell: str, decimal: str) -> str:
    return cell if decimal == "." else cell.replace(decimal, ".")
