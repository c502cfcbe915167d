"""Where uploads lie, and how a process that trains reads one by its id: arrays only, nothing is ever unpickled."""

from __future__ import annotations

import json
import os
import re
from pathlib import Path
from typing import Any

import numpy as np

from datasets.upload.columns import Column
from datasets.upload.images import Images
from datasets.upload.table import Table

VARIABLE = "LAYERLAB_UPLOADS"  # the environment's name of the folder, for the processes that train
_ID = re.compile(r"[A-Za-z0-9_-]{22}")
_ABOUT, _ARRAYS = "about.json", ("values.npy", "labels.npy")
_GONE = (
    "The data of this experiment were uploaded by somebody and stay with them; they are not here (any more). "
    "Upload them again in the Data studio."
)


def is_id(text: str) -> bool:
    """Whether a text can be the id of an upload."""
    return _ID.fullmatch(text) is not None


def write_upload(place: Path, upload: Table | Images) -> int:
    """Write a table or pictures into a new private folder; gives the bytes that it takes."""
    place.mkdir(mode=0o700)
    about: dict[str, Any] = {}
    if isinstance(upload, Table):
        about["columns"] = [[row.name, row.kind, list(row.categories)] for row in upload.columns]
        arrays = [upload.values]
    else:
        about["classes"] = list(upload.classes)
        arrays = [upload.pictures, upload.labels]
    (place / _ABOUT).write_text(json.dumps(about))
    for name, array in zip(_ARRAYS, arrays, strict=False):
        np.save(place / name, array, allow_pickle=False)
    return sum(file.stat().st_size for file in place.iterdir())


def read_upload_table(upload: str) -> Table:
    """The table of an id. Raises: ValueError: there is none (any more), in a sentence for whoever wants to train."""
    about, values = _read(upload, "columns", _ARRAYS[:1])
    columns = tuple(Column(name=name, kind=kind, categories=tuple(words)) for name, kind, words in about["columns"])
    return Table(columns=columns, values=values[0])


def read_upload_images(upload: str) -> Images:
    """The pictures of an id. Raises: ValueError: there are none (any more)."""
    about, (pictures, labels) = _read(upload, "classes", _ARRAYS)
    return Images(pictures=pictures, labels=labels, classes=tuple(about["classes"]))


def _read(upload: str, expected: str, names: tuple[str, ...]) -> tuple[dict[str, Any], list[np.ndarray]]:
    folder = os.environ.get(VARIABLE)
    if not folder or not is_id(upload):
        raise ValueError(_GONE.removesuffix("."))
    place = Path(folder) / upload
    try:
        about = json.loads((place / _ABOUT).read_text())
        arrays = [np.load(place / name, allow_pickle=False) for name in names if expected in about]
    except OSError:
        raise ValueError(_GONE.removesuffix(".")) from None
    if expected not in about:
        raise ValueError("data.upload: expected an upload of the other kind, a table or pictures")
    return about, arrays
