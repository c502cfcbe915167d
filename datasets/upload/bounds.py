"""How much a file that a learner brings may hold, and the sentence for one that is refused."""

from __future__ import annotations

from dataclasses import dataclass


class BadUpload(ValueError):
    """A file was refused; the text is one sentence for the person who brought it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Bounds:
    """The most that is read of one upload; sizes in bytes, the rest counted."""

    table_bytes: int  # of a CSV file
    rows: int
    columns: int
    cells: int  # rows times columns
    categories: int  # different values of a column of categories
    name: int  # characters of the name of a column, a class
    number: float  # the largest size of a number
    archive_bytes: int  # of a zip file, or of single pictures together
    unpacked_bytes: int  # of all that a zip file holds
    files: int  # pictures
    classes: int
    pixels: int  # of one picture as it comes
    all_pixels: int  # of all pictures of one upload as they come
    kept: int  # numbers of all pictures of one upload as they are kept


def require_size(data: bytes, most: int, what: str) -> None:
    """Refuse a file without bytes or with more than `most`. Raises: BadUpload."""
    if not data:
        raise BadUpload(f"This file is empty: expected {what}, received 0 bytes.")
    if len(data) > most:
        raise BadUpload(
            f"This file is too large: at most {megabytes(most)} are read, received {megabytes(len(data))}. "
            "Take fewer rows or smaller pictures."
        )


def megabytes(count: int) -> str:
    """A number of bytes as people read it: kB below a megabyte of 2^20 bytes, as Streamlit counts."""
    return f"{count / 2**20:,.0f} MB" if count >= 2**20 else f"{max(1, round(count / 2**10)):,} kB"


def quoted(text: str, most: int = 40) -> str:
    """What a stranger wrote as a short quotation of one line, without characters that cannot be seen."""
    seen = "".join(letter if letter.isprintable() else "·" for letter in text)
    return f"“{seen}”" if len(seen) <= most else f"“{seen[: most - 1]}…”"
