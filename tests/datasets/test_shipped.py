import importlib.util
from importlib.machinery import ModuleSpec
from pathlib import Path

import numpy as np
import pytest

from datasets.shipped import frozen, read_numbers, read_rows


def test_a_missing_package_is_named() -> None:
    with pytest.raises(
        ModuleNotFoundError, match=r"^package: expected no_such_package to be installed, which ships a\.c"
    ):
        read_rows("no_such_package", "a.csv")


def test_a_missing_file_is_an_error() -> None:
    with pytest.raises(FileNotFoundError, match=r"none\.csv"):
        read_rows("sklearn", "datasets/data/none.csv")


def test_rows_of_a_package_found_on_the_path(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "table.csv").write_text('a;"b;c"\n1;2.5\n', encoding="utf-8")
    spec = ModuleSpec("shelf", None, origin=str(tmp_path / "__init__.py"))
    monkeypatch.setattr(importlib.util, "find_spec", lambda name: spec if name == "shelf" else None)
    assert read_rows("shelf", "table.csv", delimiter=";") == [["a", "b;c"], ["1", "2.5"]]


def test_cells_become_numbers() -> None:
    assert read_numbers([["1", "2.5"], ["-3e2", "0"]]).tolist() == [[1.0, 2.5], [-300.0, 0.0]]
    with pytest.raises(ValueError, match="NA"):
        read_numbers([["NA"]])


def test_frozen_arrays_cannot_be_written() -> None:
    array = frozen(np.zeros(2))
    with pytest.raises(ValueError, match="read-only"):
        array[0] = 1
