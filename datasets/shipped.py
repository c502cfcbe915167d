"""Files of numbers that installed packages ship, read without importing the package.

Importing scikit-learn takes a second and 40 MB, pandas more; the numbers themselves are a few kilobytes of text.
"""

from __future__ import annotations

import csv
import gzip
import importlib.util
from pathlib import Path

import numpy as np


def read_rows(package: str, path: str, *, delimiter: str = ",") -> list[list[str]]:
    """The cells of a text table at `path` inside an installed package, row by row; `.gz` is unpacked.

    Raises: ModuleNotFoundError: the package is not installed. FileNotFoundError: it has no such file.
    """
    return list(csv.reader(_read(package, path).decode("utf-8").splitlines(), delimiter=delimiter))


def read_bytes_table(package: str, path: str) -> np.ndarray:
    """The cells of a text table of whole numbers from 0 to 255, separated by commas, (rows, columns) uint8; fast.

    Raises: ModuleNotFoundError, FileNotFoundError: as `read_rows`. ValueError: a cell is no such number, or rows are of
    different length.
    """
    text = np.frombuffer(_read(package, path).strip() + b"\n", dtype=np.uint8)
    ends = np.flatnonzero((text == ord(",")) | (text == ord("\n")))
    starts = np.concatenate([[0], ends[:-1] + 1])
    digits = text - np.uint8(ord("0"))
    widths = ends - starts
    if widths.min() < 1 or widths.max() > 3 or (np.delete(digits, ends) > 9).any():
        raise ValueError(f"{path}: expected whole numbers from 0 to 255 in every cell")
    values = digits[ends - 1].astype(np.int64)
    for place in (2, 3):  # tens, hundreds
        wide = widths >= place
        values[wide] += 10 ** (place - 1) * digits[ends[wide] - place].astype(np.int64)
    columns = np.diff(np.flatnonzero(text[ends] == ord("\n")), prepend=-1)
    if values.max() > 255 or (columns != columns[0]).any():
        raise ValueError(f"{path}: expected rows of equal length with whole numbers from 0 to 255")
    return values.astype(np.uint8).reshape(-1, columns[0])


def read_lines(package: str, path: str) -> list[bytes]:
    """The lines of a text file inside an installed package as they stand; `.gz` is unpacked.

    Raises: ModuleNotFoundError, FileNotFoundError: as `read_rows`.
    """
    return _read(package, path).splitlines()


def find_file(package: str, path: str) -> Path:
    """Where an installed package has a file. Raises: ModuleNotFoundError: the package is not installed."""
    found = importlib.util.find_spec(package)
    if found is None or found.origin is None:
        raise ModuleNotFoundError(f"package: expected {package} to be installed, which ships {path}; it is missing")
    return Path(found.origin).parent / path


def read_numbers(rows: list[list[str]]) -> np.ndarray:
    """The cells as numbers (rows, columns), float64. Raises: ValueError: a cell is no number."""
    return np.array([[float(cell) for cell in row] for row in rows], dtype=np.float64)


def frozen(array: np.ndarray) -> np.ndarray:
    """The same array, read-only: a loaded table is shared by everybody who asks for it."""
    array.setflags(write=False)
    return array


def _read(package: str, path: str) -> bytes:
    data = find_file(package, path).read_bytes()
    return gzip.decompress(data) if path.endswith(".gz") else data
