"""From the bytes of a file to text: which encoding, and what is no text at all."""

from __future__ import annotations

from datasets.upload.bounds import BadUpload

ENCODINGS = ("utf-8", "utf-16", "utf-32", "cp1252", "latin-1")

# how files that are no text begin; none of them is ever opened as what it is
_OTHERS = (
    (b"\x1f\x8b", "a gzip archive"),
    (b"PK\x03\x04", "a zip archive (an .xlsx spreadsheet is one too: save it as CSV)"),
    (b"PK\x05\x06", "an empty zip archive"),
    (b"BZh", "a bzip2 archive"),
    (b"\xfd7zXZ\x00", "an xz archive"),
    (b"7z\xbc\xaf\x27\x1c", "a 7z archive"),
    (b"\x28\xb5\x2f\xfd", "a zstd archive"),
    (b"\x89PNG", "a PNG picture"),
    (b"\xff\xd8\xff", "a JPEG picture"),
    (b"%PDF", "a PDF document"),
    (b"\xd0\xcf\x11\xe0", "an old Office document (save the table as CSV)"),
    (b"\x93NUMPY", "a NumPy array"),
    (b"\x89HDF", "an HDF5 file"),
    (b"PAR1", "a Parquet file"),
    (b"SQLite format 3", "a database"),
    *((bytes([0x80, protocol]), "a Python pickle, which is never opened here") for protocol in range(2, 6)),
)
_MARKS = (  # the longer ones first: UTF-32's begins like UTF-16's
    (b"\xff\xfe\x00\x00", "utf-32"),
    (b"\x00\x00\xfe\xff", "utf-32"),
    (b"\xef\xbb\xbf", "utf-8"),
    (b"\xff\xfe", "utf-16"),
    (b"\xfe\xff", "utf-16"),
)


def read_text(data: bytes, encoding: str | None = None) -> tuple[str, str]:
    """The text of a file and its encoding, one of `ENCODINGS`: the one asked for, or the one recognised.

    A byte order mark says it; else it is UTF-8 where that fits, else Windows' cp1252, else Latin-1, which fits always.

    Raises: BadUpload: these bytes are another kind of file, hold null bytes, or are not in the encoding asked for.
    """
    for start, title in _OTHERS:
        if data.startswith(start):
            raise BadUpload(f"This is no CSV file but {title}: expected rows of text.")
    marked = next((name for mark, name in _MARKS if data.startswith(mark)), None)
    if marked is None and encoding not in ("utf-16", "utf-32") and (at := data.find(b"\x00")) >= 0:
        raise BadUpload(f"This is no text: byte {at + 1:,} is a null byte. Save the table as CSV in UTF-8.")
    text, found = _decode(data, encoding, marked)
    if "\x00" in text:
        raise BadUpload("This is no text: it holds null characters. Save the table as CSV in UTF-8.")
    return text, found


def _decode(data: bytes, encoding: str | None, marked: str | None) -> tuple[str, str]:
    asked = (encoding,) if encoding else (marked,) if marked else ("utf-8", "cp1252", "latin-1")
    for name in asked:
        try:
            return data.decode("utf-8-sig" if name == "utf-8" else name), name
        except UnicodeDecodeError as error:
            at = error.start
    raise BadUpload(f"This file is not in the encoding {asked[-1]}: byte {at + 1:,} does not fit. Choose another.")
