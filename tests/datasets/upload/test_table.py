import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from datasets.upload.bounds import BadUpload
from datasets.upload.table import read_table, recognise_sheet
from dlcore.specs.uploads import BOUNDS
from tests.datasets.upload.samples import BAD_TABLES, CSV, Made, made


def test_a_table_is_recognised_and_read() -> None:
    sheet = recognise_sheet(CSV.encode(), BOUNDS)
    assert sheet.encoding == "utf-8" and sheet.dialect.delimiter == "," and sheet.dialect.header
    assert sheet.names == ("size", "colour", "day", "kind")
    assert sheet.kinds == ("number", "category", "date", "category")
    table = read_table(sheet, BOUNDS)
    assert [column.categories for column in table.columns] == [(), ("blue", "red"), (), ("a", "b")]
    first_day = 20454.0  # 1 January 2026, by `date -d 2026-01-01 +%s` / 86400
    assert np.array_equal(
        table.values,
        [
            [1.5, 1.0, first_day, 0.0],
            [np.nan, 0.0, first_day + 1, 1.0],
            [3.5, 1.0, first_day + 2, 0.0],
            [4.0, np.nan, first_day + 3, 1.0],
        ],
        equal_nan=True,
    )


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-32", "cp1252"])
def test_encodings_are_recognised(encoding: str) -> None:
    text = "größe;art\n1,5;süß\n2,5;bitter\n3,25;süß\n"
    sheet = recognise_sheet(text.encode(encoding), BOUNDS)
    assert sheet.encoding == encoding.removesuffix("-sig")
    assert sheet.names == ("größe", "art") and sheet.dialect.decimal == ","
    assert read_table(sheet, BOUNDS).values[:, 0].tolist() == [1.5, 2.5, 3.25]


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_delimiters_are_recognised(delimiter: str, end: str) -> None:
    lines = [["a", "b", "c d"], ["1.5", "x, y", "2"], ["2.5", "z", "3"], ["3", "x, y", "4"]]
    cell = {",": '"x, y"'}.get(delimiter, "x, y")
    text = end.join(delimiter.join(line) for line in lines).replace("x, y", cell)
    sheet = recognise_sheet(text.encode(), BOUNDS)
    assert (sheet.dialect.delimiter, sheet.dialect.header) == (delimiter, True)
    assert sheet.cells(1) == ["x, y", "z", "x, y"]


def test_without_a_header_columns_are_numbered() -> None:
    sheet = recognise_sheet(b"5.1,setosa\n4.9,setosa\n7.0,virginica\n", BOUNDS)
    assert not sheet.dialect.header and sheet.names == ("column 1", "column 2") and len(sheet.rows) == 3
    assert recognise_sheet(b",x\n0,1\n1,2\n", BOUNDS, header=True).names == ("column 1", "x")


def test_what_is_recognised_can_be_corrected() -> None:
    data = b"1;2\n3;4\n5;6\n"
    assert recognise_sheet(data, BOUNDS).names == ("column 1", "column 2")
    sheet = recognise_sheet(data, BOUNDS, header=True)
    assert sheet.names == ("1", "2") and len(sheet.rows) == 2
    table = read_table(sheet, BOUNDS, {"2": "category"})
    assert table.columns[1].categories == ("4", "6") and table.values[:, 1].tolist() == [0.0, 1.0]
    with pytest.raises(BadUpload, match="has one column: expected at least two, separated by a comma"):
        recognise_sheet(data, BOUNDS, delimiter=",")
    with pytest.raises(BadUpload, match="not in the encoding utf-8: byte 1 does not fit"):
        recognise_sheet("ä,b\n1,2\n3,4\n".encode("cp1252"), BOUNDS, encoding="utf-8")


def test_numbers_as_categories_are_in_order_of_size() -> None:
    sheet = recognise_sheet(b"n,x\n10,1\n9,2\n10,3\n-1,4\n", BOUNDS)
    assert read_table(sheet, BOUNDS, {"n": "category"}).columns[0].categories == ("-1", "9", "10")


def test_nan_is_a_missing_value_and_not_a_number() -> None:
    table = read_table(recognise_sheet(b"a,b\n1,2\nNaN,3\nNA,4\n,5\n", BOUNDS), BOUNDS)
    assert np.isnan(table.values[:, 0]).tolist() == [False, True, True, True]


@pytest.mark.parametrize(("content", "said"), BAD_TABLES.values(), ids=BAD_TABLES)
def test_bad_tables_are_refused_with_a_sentence(content: Made, said: str) -> None:
    with pytest.raises(BadUpload, match=said) as refusal:
        read_table(recognise_sheet(made(content), BOUNDS), BOUNDS)
    assert str(refusal.value).endswith(".") and len(str(refusal.value)) < 260


@given(st.binary(max_size=400) | st.text("a1,;\"\n\t.\\'", max_size=200).map(str.encode))
@settings(max_examples=300, deadline=None)
def test_any_bytes_give_a_table_or_a_sentence(data: bytes) -> None:
    try:
        table = read_table(recognise_sheet(data, BOUNDS), BOUNDS)
    except BadUpload:
        return
    assert table.values.shape[1] == len(table.columns) >= 2 and not np.isinf(table.values).any()
