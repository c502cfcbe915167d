import pytest

from datasets.upload.bounds import BadUpload
from datasets.upload.text import read_text


def test_a_mark_says_the_encoding_and_is_no_part_of_the_text() -> None:
    assert read_text("ä".encode("utf-8-sig")) == ("ä", "utf-8")
    assert read_text("ä".encode("utf-16")) == ("ä", "utf-16")
    assert read_text("ä".encode("utf-32")) == ("ä", "utf-32")
    assert read_text(b"\xfe\xff" + "ä".encode("utf-16-be")) == ("ä", "utf-16")


def test_what_is_not_utf_8_is_taken_for_windows() -> None:
    assert read_text("5 €".encode("cp1252")) == ("5 €", "cp1252")
    assert read_text(b"\x81") == ("\x81", "latin-1")  # a byte that cp1252 does not know


def test_utf_16_without_a_mark_can_be_asked_for() -> None:
    with pytest.raises(BadUpload, match="byte 2 is a null byte"):
        read_text("a,b".encode("utf-16-le"))
    assert read_text("a,b".encode("utf-16-le"), "utf-16") == ("a,b", "utf-16")
    with pytest.raises(BadUpload, match="null characters"):
        read_text("a\x00b".encode("utf-16"))


def test_half_a_character_is_refused() -> None:
    with pytest.raises(BadUpload, match="not in the encoding utf-16: byte"):
        read_text(b"\xff\xfea")
