"""Data as a file that can be uploaded again: a table as CSV, pictures as a zip file of folders."""

from __future__ import annotations

import csv
import io
import re
import zipfile
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

import numpy as np
from PIL import Image

from datasets.upload.columns import Column
from datasets.upload.images import Images
from datasets.upload.table import Table

TABLE_FILE, IMAGES_FILE = "own-table.csv", "own-pictures.zip"  # what saved data are called
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


def table_as_csv(table: Table, parts: Sequence[str] = ()) -> str:
    """A header and a line a row; numbers with all digits, categories by name, dates as ISO, missing ones empty.

    `parts`, one a row, are a last column called `part`.
    """
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow([column.name for column in table.columns] + (["part"] if parts else []))
    for number, row in enumerate(table.values):
        cells = [_cell(column, float(value)) for column, value in zip(table.columns, row, strict=True)]
        writer.writerow([*cells, parts[number]] if parts else cells)
    return text.getvalue()


def images_as_zip(images: Images) -> bytes:
    """A zip file with one folder a class, in it one PNG file a picture, which loses nothing."""
    packed = io.BytesIO()
    folders = folders_of(images.classes)
    with zipfile.ZipFile(packed, "w") as archive:
        for number, (picture, label) in enumerate(zip(images.pictures, images.labels, strict=True)):
            png = io.BytesIO()
            Image.fromarray(picture[0] if len(picture) == 1 else np.moveaxis(picture, 0, 2)).save(png, "PNG")
            archive.writestr(f"{folders[label]}/{number:05d}.png", png.getvalue())
    return packed.getvalue()


def folders_of(classes: tuple[str, ...]) -> list[str]:
    """The classes as names of folders: what no file system takes becomes _, equal ones get numbers."""
    plain = [re.sub(r'[\\/:*?"<>|\x00-\x1f]|^\.+', "_", name) or "_" for name in classes]
    return [name if plain.count(name) == 1 else f"{name} ({number})" for number, name in enumerate(plain)]


def _cell(column: Column, value: float) -> str:
    if np.isnan(value):
        return ""
    if column.kind == "category":
        return column.categories[int(value)]
    if column.kind == "date":
        return (_EPOCH + timedelta(days=value)).isoformat()
    return repr(value)
