"""A data set as CSV text, to open in a spreadsheet or to read back elsewhere."""

from __future__ import annotations

import csv
import io

import numpy as np

from datasets.dataset import Dataset


def to_csv(dataset: Dataset, parts: tuple[np.ndarray, np.ndarray]) -> str:
    """A header and one line a sample, in the data set's order: the features, the target, and `train` or `test`.

    `parts` are the row numbers that `split` gave; a sample in neither part is left out. Classes are written by name,
    numbers with all their digits, in the data's own units.
    """
    part = {int(row): name for name, rows in zip(("train", "test"), parts, strict=True) for row in rows}
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow([*dataset.features, dataset.target, "part"])
    for row in sorted(part):
        target = dataset.targets[row]
        said = dataset.classes[target] if dataset.classes else float(target)
        writer.writerow([*dataset.inputs[row].tolist(), said, part[row]])
    return text.getvalue()
