"""Uploads as the pages keep them, for tests of what learns from them."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import numpy as np
import pytest

from datasets.upload.columns import Column
from datasets.upload.folder import VARIABLE
from datasets.upload.images import Images
from datasets.upload.store import Uploads
from datasets.upload.table import Table
from dlcore.specs.own_images import OwnImages
from dlcore.specs.own_table import OwnColumn, OwnTable

OWNER = "somebody"


@contextmanager
def uploads(**settings: Any) -> Iterator[Uploads]:
    """A store whose folder this process, and the workers that it starts, know."""
    usual: dict[str, Any] = {"per_owner": 4, "total_bytes": 10**8, "away": 60.0, "idle": 600.0}
    store = Uploads(**usual | settings)
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv(VARIABLE, str(store.folder))
        try:
            yield store
        finally:
            store.close()


def flowers(rows: int = 60, gaps: float = 0.1) -> Table:
    """Petals with a colour, a day and gaps, and a kind that depends on the first two."""
    rng = np.random.default_rng(7)
    kind = rng.integers(0, 3, rows)
    values = np.column_stack(
        [
            2.0 * kind + rng.normal(0, 0.6, rows),
            rng.exponential(3, rows),
            np.where(rng.random(rows) < 0.8, kind % 2, rng.integers(0, 3, rows)),
            20_000.0 + rng.permutation(rows),
            0.5 * kind + rng.normal(0, 0.1, rows),
            kind,
        ]
    )
    values[:, :3][rng.random((rows, 3)) < gaps] = np.nan
    columns = (
        Column(name="length", kind="number"),
        Column(name='width, "w"', kind="number"),
        Column(name="colour", kind="category", categories=("blue", "red", "white")),
        Column(name="day", kind="date"),
        Column(name="weight", kind="number"),
        Column(name="kind", kind="category", categories=("rose", "tulip", "lily")),
    )
    return Table(columns=columns, values=values)


def sketches(pictures: int = 24, channels: int = 1, side: int = 16) -> Images:
    """Pictures that are bright on the left or on the right."""
    rng = np.random.default_rng(7)
    labels = np.sort(rng.permutation(np.arange(pictures) % 2))
    values = rng.integers(0, 90, (pictures, channels, side, side), dtype=np.uint8)
    values[labels == 0, ..., : side // 2] += 120
    values[labels == 1, ..., side // 2 :] += 120
    return Images(pictures=values, labels=labels, classes=("left", "right"))


def own_table(upload: str, table: Table, target: str = "kind", **settings: Any) -> OwnTable:
    """The spec of a table of which all other columns are inputs."""
    columns = {
        column.name: OwnColumn.parse({"name": column.name, "kind": column.kind, "categories": column.categories})
        for column in table.columns
    }
    wanted = settings.pop("columns", [name for name in columns if name != target])
    order = settings.pop("order", None)
    return OwnTable.parse(
        {
            "upload": upload,
            "title": "flowers.csv",
            "rows": int((~np.isnan(table.values[:, list(columns).index(target)])).sum()),
            "columns": [columns[name] for name in wanted],
            "target": columns[target],
            "order": columns[order] if order else None,
            **settings,
        }
    )


def own_images(upload: str, images: Images, **settings: Any) -> OwnImages:
    """The spec of pictures."""
    count, channels, side, _ = images.pictures.shape
    return OwnImages.parse(
        {
            "upload": upload,
            "title": "sketches.zip",
            "pictures": count,
            "classes": images.classes,
            "colour": "grey" if channels == 1 else "rgb",
            "side": side,
            **settings,
        }
    )
