import importlib.util
from importlib.machinery import ModuleSpec
from pathlib import Path

import numpy as np
import pytest

from datasets.shipped import find_file, frozen, read_bytes_table, read_numbers, read_rows


def test_a_missing_package_is_named() -> None:
    with pytest.raises(
        ModuleNotFoundError, match=r"^package: expected no_such_package to be installed, which ships a\.c"
    ):
        read_rows("no_such_package", "a.csv")


def test_a_missing_file_is_an_error() -> None:
    with pytest.raises(FileNotFoundError, match=r"none\.csv"):
        read_rows("sklearn", "datasets/data/none.csv")


def test_rows_of_a_package_found_on_the_path(shelf: Path) -> None:
    (shelf / "table.csv").write_text('a;"b;c"\n1;2.5\n', encoding="utf-8")
    assert read_rows("shelf", "table.csv", delimiter=";") == [["a", "b;c"], ["1", "2.5"]]


def test_cells_become_numbers() -> None:
    assert read_numbers([["1", "2.5"], ["-3e2", "0"]]).tolist() == [[1.0, 2.5], [-300.0, 0.0]]
    with pytest.raises(ValueError, match="NA"):
        read_numbers([["NA"]])


@pytest.fixture
def shelf(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    spec = ModuleSpec("shelf", None, origin=str(tmp_path / "__init__.py"))
    monkeypatch.setattr(importlib.util, "find_spec", lambda name: spec if name == "shelf" else None)
    return tmp_path


def test_a_table_of_bytes_is_what_numpy_reads(shelf: Path) -> None:
    values = np.random.default_rng(0).integers(0, 256, (40, 7))
    np.savetxt(shelf / "t.csv", values, fmt="%d", delimiter=",")
    read = read_bytes_table("shelf", "t.csv")
    assert read.dtype == np.uint8
    assert np.array_equal(read, values)


@pytest.mark.parametrize("text", ["1,2\n3", "1,256", "1,,2", "1,-2", "1,2.5", "1,1000", "a,b"])
def test_what_is_no_table_of_bytes_is_refused(shelf: Path, text: str) -> None:
    (shelf / "t.csv").write_text(text, encoding="utf-8")
    with pytest.raises(ValueError, match=r"^t\.csv: expected .* from 0 to 255"):
        read_bytes_table("shelf", "t.csv")


def test_a_file_is_found_beside_its_package(shelf: Path) -> None:
    assert find_file("shelf", "data/a.png") == shelf / "data" / "a.png"


def test_frozen_arrays_cannot_be_written() -> None:
    array = frozen(np.zeros(2))
    with pytest.raises(ValueError, match="read-only"):
        array[0] = 1
