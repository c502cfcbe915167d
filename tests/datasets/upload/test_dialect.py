import pytest

from datasets.upload.bounds import BadUpload
from datasets.upload.dialect import read_rows, recognise
from dlcore.specs.uploads import BOUNDS


def test_the_first_row_is_a_header_unless_it_could_hold_values() -> None:
    assert recognise("a,b\n1,2").header
    assert recognise("a,b\nx,y").header
    assert not recognise("x,2\ny,3").header
    assert not recognise("x,\ny,3").header
    assert not recognise("x,2026-01-01\ny,2026-01-02").header
    assert recognise(",a\n0,1").header, "a first column without a name is an index that another program wrote"


def test_a_decimal_comma_needs_another_delimiter() -> None:
    assert recognise("1,5;2,5\n3,5;4,5").decimal == ","
    assert recognise("1.5;2.5\n3.5;4.5").decimal == "."
    assert recognise("1,5\n2,5").decimal == "."


def test_lines_are_counted_as_an_editor_does() -> None:
    assert read_rows('a,b\n"x\ny",1\n\n2, 3 \n', ",", BOUNDS) == [["a", "b"], ["x\ny", "1"], ["2", "3"]]
    with pytest.raises(BadUpload, match="Line 5 has 1 cells"):
        read_rows('a,b\n"x\ny",1\n\n2\n', ",", BOUNDS)
