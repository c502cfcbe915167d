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
    found = importlib.util.find_spec(package)
    if found is None or found.origin is None:
        raise ModuleNotFoundError(f"package: expected {package} to be installed, which ships {path}; it is missing")
    data = (Path(found.origin).parent / path).read_bytes()
    text = (gzip.decompress(data) if path.endswith(".gz") else data).decode("utf-8")
    return list(csv.reader(text.splitlines(), delimiter=delimiter))


def read_numbers(rows: list[list[str]]) -> np.ndarray:
    """The cells as numbers (rows, columns), float64. Raises: ValueError: a cell is no number."""
    return np.array([[float(cell) for cell in row] for row in rows], dtype=np.float64)


def frozen(array: np.ndarray) -> np.ndarray:
    """The same array, read-only: a loaded table is shared by everybody who asks for it."""
    array.setflags(write=False)
    return array
