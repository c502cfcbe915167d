"""Files as learners bring them, good and bad, for the tests of their readers and of the page."""

from __future__ import annotations

import io
import pickle
import struct
import zipfile
import zlib
from collections.abc import Callable
from functools import cache

import numpy as np
from PIL import Image

from dlcore.specs.uploads import BOUNDS

CSV = "size,colour,day,kind\n1.5,red,2026-01-01,a\n,blue,2026-01-02,b\n3.5,red,2026-01-03,a\n4,,2026-01-04,b\n"


def png(side: int = 12, shade: int = 0, mode: str = "L") -> bytes:
    """A small picture, one half of it brighter than the other by its shade."""
    grey = np.full((side, side), shade, dtype=np.uint8)
    grey[:, side // 2 :] = 255 - shade
    file = io.BytesIO()
    Image.fromarray(grey).convert(mode).save(file, "PNG")
    return file.getvalue()


def huge_png(width: int = 30_000, height: int = 30_000) -> bytes:
    """A PNG file of a few hundred bytes that promises a gigapixel."""
    head = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    parts = [(b"IHDR", head), (b"IDAT", zlib.compress(b"\x00" * 1000)), (b"IEND", b"")]
    chunks = [struct.pack(">I", len(d)) + n + d + struct.pack(">I", zlib.crc32(n + d)) for n, d in parts]
    return b"\x89PNG\r\n\x1a\n" + b"".join(chunks)


def zipped(files: dict[str, bytes], *, compress: int = zipfile.ZIP_DEFLATED) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", compress) as archive:
        for name, content in files.items():
            archive.writestr(zipfile.ZipInfo(name), content, compress)
    return file.getvalue()


def folders(pictures: int = 4) -> bytes:
    """A zip file with two classes, dark left and dark right."""
    files = {f"left/{number}.png": png(shade=number) for number in range(pictures)}
    return zipped(files | {f"right/{number}.png": png(shade=255 - number) for number in range(pictures)})


def symlink() -> bytes:
    entry = zipfile.ZipInfo("a/link.png")
    entry.create_system, entry.external_attr = 3, 0o120777 << 16
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr(entry, "/etc/passwd")
    return file.getvalue()


@cache
def bomb() -> bytes:
    """A zip file of 100 kB that unpacks to more than is read."""
    return zipped({"a/zeros.png": bytes(BOUNDS.unpacked_bytes + 1)})


def liar() -> bytes:
    """The same, stating in the entry and in the list of contents that it unpacks to 100 bytes."""
    data = bytearray(bomb())
    real = struct.pack("<I", BOUNDS.unpacked_bytes + 1)
    at = data.find(real)
    while at >= 0:
        data[at : at + 4] = struct.pack("<I", 100)
        at = data.find(real, at + 4)
    return bytes(data)


def locked() -> bytes:
    data = bytearray(zipped({"a/1.png": png()}))
    data[6] |= 1  # the flag "encrypted", of the entry
    data[data.find(b"PK\x01\x02") + 8] |= 1  # and in the list of contents
    return bytes(data)


TWO = {"a/1.png": png(), "a/2.png": png(), "b/1.png": png()}

Made = bytes | Callable[[], bytes]  # large ones are made when they are needed


def made(content: Made) -> bytes:
    return content if isinstance(content, bytes) else content()


# name → (file, what the sentence says)
BAD_TABLES: dict[str, tuple[Made, str]] = {
    "empty": (b"", r"This file is empty: expected a CSV file, received 0 bytes"),
    "blank lines": (b"\n\n\n", r"holds no rows"),
    "a header alone": (b"a,b\n", r"has 0 rows of values: expected at least 2"),
    "one column": (b"a\n1\n2\n", r"has one column: expected at least two"),
    "too many columns": (",".join(f"c{n}" for n in range(10_000)).encode(), r"has 10,000 columns: at most 300"),
    "too large": (lambda: b"1,2\n" * 2_900_000, r"too large: at most 10 MB are read, received 11 MB"),
    "too many rows": (b"a,b\n" + b"1,2\n" * 20_001, r"too large: at most 20,000 rows"),
    "duplicate names": (b"x,y,x\n1,2,3\n4,5,6\n", r"Columns 1 and 3 are both called “x”"),
    "uneven rows": (b"a,b\n1,2\n3,4,5\n", r"Line 3 has 3 cells: expected 2"),
    "text in numbers": (b"a,b\n" + b"1,2\n" * 9 + b"1,two\n", r"Column “b”, row 11: expected a number, received “two”"),
    "infinity": (b"a,b\n1,2\n3,inf\n5,6\n7,8\n", r"Column “b”, row 3: expected a finite number, received “inf”"),
    "a number too large": (b"a,b\n1,2\n3,1e300\n", r"Column “b”, row 3: expected a number of at most 1e\+15"),
    "a quotation never closed": (b'a,b\n1,2\n3,"4\n5,6\n', r"opens in line 3 is never closed"),
    "a quotation and more": (b'a,b\n1,2\n3,"4"x\n', r"Line 3 cannot be read: a quotation mark closes"),
    "null bytes": (b"a,b\n1,\x002\n", r"byte 7 is a null byte"),
    "a pickle": (pickle.dumps([1, 2, 3]), r"Python pickle, which is never opened"),
    "gzip in disguise": (b"\x1f\x8b\x08\x00", r"no CSV file but a gzip archive"),
    "an array that promises a billion rows": (b"\x93NUMPY\x01\x00v\x00{'shape': (1000000000, 9)}", r"a NumPy array"),
    "a spreadsheet": (zipped({"xl/workbook.xml": b"<x/>"}), r"zip archive \(an .xlsx spreadsheet"),
    "a picture": (png(), r"a PNG picture"),
    "text alone": (b"a,b\n" + b"".join(f"w{n},v{n}\n".encode() for n in range(9)), r"0 of 2 columns can be learned"),
    "a long name": (b"a," + b"n" * 61 + b"\n1,2\n3,4\n", r"column 2, .* has 61 characters: at most 60"),
    "a long category": (b"a,b\n1,x\n2," + b"y" * 61 + b"\n3,x\n4,x\n", r"category .* has 61 characters"),
}
BAD_ARCHIVES: dict[str, tuple[Made, str]] = {
    "empty": (b"", r"This file is empty: expected a zip file, received 0 bytes"),
    "no zip file": (b"hello", r"no zip file that can be opened"),
    "an empty zip file": (zipped({}), r"There is no picture here"),
    "cut off": (folders()[:-60], r"no zip file that can be opened"),
    "a bomb": (bomb, r"unpacks to more than 100 MB"),
    "a bomb that lies": (liar, r"is damaged|unpacks to more"),
    "an archive within": (zipped({"a/1.png": folders()}), r"is an archive within the archive"),
    "a gzip within": (zipped({"a/1.png": b"\x1f\x8b\x08\x00"}), r"is an archive within the archive"),
    "out by dots": (zipped({"../a/1.png": png()}), r"“../a/1.png” is a path that leads out"),
    "out by dots within": (zipped({"a/../../1.png": png()}), r"is a path that leads out"),
    "absolute": (zipped({"/etc/1.png": png()}), r"“/etc/1.png” is a path that leads out"),
    "a drive": (zipped({"C:/a/1.png": png()}), r"“C:/a/1.png” is a path that leads out"),
    "backslashes": (zipped({"a\\..\\1.png": png()}), r"is a path that leads out"),
    "a link": (symlink(), r"“a/link.png” is a link to another place"),
    "locked": (locked(), r"is locked with a password"),
    "an unusual packing": (zipped({"a/1.png": png()}, compress=zipfile.ZIP_BZIP2), r"packed in an unusual way"),
    "too many files": (lambda: zipped({f"a/{n}.png": b"" for n in range(10_001)}), r"too many files: at most 5,000"),
    "no folder": (zipped({"1.png": png(), "2.png": png()}), r"“1.png” lies in no folder"),
    "no pictures": (zipped({"a/notes.txt": b"x", "b/notes.txt": b"x"}), r"There is no picture here"),
    "one class": (zipped({"a/1.png": png(), "a/2.png": png()}), r"All pictures are of one class, “a”"),
    "one picture of a class": (zipped(TWO), r"The class “b” has 1 picture: expected at least 2"),
    "a picture that is none": (zipped({**TWO, "b/2.png": b"hello"}), r"“b/2.png” is no picture that can be opened"),
    "a pickle as a picture": (zipped({**TWO, "b/2.png": pickle.dumps([1])}), r"“b/2.png” is no picture"),
    "a truncated PNG": (zipped({**TWO, "b/2.png": png(64)[:-40]}), r"“b/2.png” is no picture that can be opened"),
    "a gigapixel": (zipped({**TWO, "b/2.png": huge_png()}), r"“b/2.png” has .* pixels: at most 40,000,000"),
    "sixty megapixels": (zipped({**TWO, "b/2.png": huge_png(10_000, 6_000)}), r"has 10,000 × 6,000 pixels"),
}
