"""The bounds of uploads, as their readers take them."""

from __future__ import annotations

from datasets.upload.bounds import Bounds
from dlcore.specs import limits

BOUNDS = Bounds(
    table_bytes=limits.TABLE_BYTES,
    rows=limits.TABLE_ROWS,
    columns=limits.TABLE_COLUMNS,
    cells=limits.TABLE_CELLS,
    categories=limits.TABLE_CATEGORIES,
    name=limits.NAME_CHARACTERS,
    number=limits.TABLE_NUMBER,
    archive_bytes=limits.UPLOAD_BYTES,
    unpacked_bytes=limits.UNPACKED_BYTES,
    files=limits.PICTURES,
    classes=limits.TABLE_CATEGORIES,
    pixels=limits.PICTURE_PIXELS,
    all_pixels=limits.PICTURES_PIXELS,
    kept=limits.PICTURES_NUMBERS,
)
