"""Opening a zip file that a stranger packed: all is counted while it is unpacked, in memory, never on disk."""

from __future__ import annotations

import io
import re
import stat
import zipfile
import zlib
from collections.abc import Iterator

from datasets.upload.bounds import BadUpload, Bounds, megabytes, quoted, require_size

_CHUNK = 1 << 16
_ENTRY = b"PK\x01\x02"  # begins every entry of a zip file's list of contents
_HIDDEN = re.compile(r"(^|/)(__MACOSX|\.[^/]+|Thumbs\.db|desktop\.ini)(/|$)", re.IGNORECASE)
_BROKEN = (zipfile.BadZipFile, zlib.error, EOFError, OSError, NotImplementedError, RuntimeError, ValueError)


def unpack(data: bytes, bounds: Bounds) -> Iterator[tuple[str, bytes]]:
    """Path and content of every file of a zip file, one after the other; what systems hide in it is left out.

    Sizes that the zip file states are not believed: unpacking stops at the first byte too many.

    Raises: BadUpload: no zip file, damaged, locked, too much in it, another archive in it, or a path that leads out.
    """
    require_size(data, bounds.archive_bytes, "a zip file")
    if data.count(_ENTRY) > 2 * bounds.files:  # twice: folders and hidden files are entries, too
        raise BadUpload(f"This zip file holds too many files: at most {bounds.files:,} pictures are read.")
    try:
        archive = zipfile.ZipFile(io.BytesIO(data))
        entries = [entry for entry in archive.infolist() if not entry.is_dir()]
    except _BROKEN:
        raise BadUpload("This is no zip file that can be opened: expected one folder of pictures a class.") from None
    left = bounds.unpacked_bytes
    with archive:
        for entry in entries:
            _require_plain(entry)
            if _HIDDEN.search(entry.filename):
                continue
            content = _read(archive, entry, left, bounds)
            left -= len(content)
            if content.startswith((b"PK\x03\x04", b"\x1f\x8b", b"7z\xbc\xaf", b"Rar!", b"BZh", b"\xfd7zXZ")):
                raise BadUpload(f"{quoted(entry.filename)} is an archive within the archive: expected pictures.")
            yield entry.filename, content


def _require_plain(entry: zipfile.ZipInfo) -> None:
    name = entry.filename
    parts = name.split("/")
    if name.startswith("/") or "\\" in name or ".." in parts or re.match(r"[A-Za-z]:", name) or "\x00" in name:
        raise BadUpload(f"{quoted(name)} is a path that leads out of the zip file: expected folder/picture.png.")
    if stat.S_ISLNK(entry.external_attr >> 16):
        raise BadUpload(f"{quoted(name)} is a link to another place: expected pictures themselves.")
    if entry.flag_bits & 1:
        raise BadUpload(f"{quoted(name)} is locked with a password: expected a zip file without one.")
    if entry.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
        raise BadUpload(f"{quoted(name)} is packed in an unusual way: expected an ordinary zip file (deflate).")


def _read(archive: zipfile.ZipFile, entry: zipfile.ZipInfo, left: int, bounds: Bounds) -> bytes:
    content = io.BytesIO()
    try:
        with archive.open(entry) as packed:
            while chunk := packed.read(_CHUNK):
                content.write(chunk)
                if content.tell() > left:
                    raise BadUpload(
                        f"This zip file unpacks to more than {megabytes(bounds.unpacked_bytes)}, the most that is "
                        "read: expected fewer or smaller pictures."
                    )
    except BadUpload:
        raise
    except _BROKEN:
        raise BadUpload(f"{quoted(entry.filename)} in this zip file is damaged: pack it again.") from None
    return content.getvalue()
