"""From a data spec to samples for any network: loaded, split, scaled; points, rows of tables, or images."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from datasets.dataset import Dataset
from datasets.subset import subset
from dlcore.specs.data import AnyData, ImageData, SeriesData, Task
from dlcore.specs.own_images import OwnImages
from dlcore.specs.own_table import OwnTable
from dlcore.training.parts import parts_of
from dlcore.training.prepare import prepare

KEPT = 4  # data sets that a process keeps, so that a class on one exercise shares its numbers


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class Samples:
    """Data ready to learn from; shared, so nobody writes to its arrays.

    `x_*` (n, *shape) float32 are the network's inputs: images (channels, height, width) from 0 to 1, or scaled values.
    `y_*` (n,) are class numbers (int64) or values (float32).
    """

    x_train: np.ndarray
    y_train: np.ndarray
    x_test: np.ndarray
    y_test: np.ndarray
    task: Task
    classes: tuple[str, ...]  # empty for regression
    target: str  # what is predicted


def prepare_samples(data: AnyData) -> Samples:
    """Load, split and scale the data of an experiment; points and tables as `prepare` does, images stay as they are.

    What a learner uploaded is read anew each time: it must not stay here when it goes with its maker.

    Raises: ValueError: there is too little data to learn from and test on, with what is missing.
    """
    return _prepared(data) if isinstance(data, OwnTable | OwnImages) else _kept(data)


@lru_cache(maxsize=KEPT)
def _kept(data: AnyData) -> Samples:
    return _prepared(data)


def _prepared(data: AnyData) -> Samples:
    if isinstance(data, ImageData | SeriesData | OwnImages):
        dataset = load_images(data)
        train, test = parts_of(data, dataset)
        images, targets = dataset.inputs, dataset.targets
        if not dataset.classes:
            targets = targets.astype(np.float32)
        parts = images[train], targets[train], images[test], targets[test]
    else:
        prepared = prepare(data)
        dataset = prepared.dataset
        parts = prepared.x_train, prepared.y_train, prepared.x_test, prepared.y_test
    x_train, y_train, x_test, y_test = parts
    return Samples(
        x_train=x_train,
        y_train=y_train,
        x_test=x_test,
        y_test=y_test,
        task=dataset.task,
        classes=dataset.classes,
        target=dataset.target,
    )


def load_images(data: ImageData | SeriesData | OwnImages) -> Dataset:
    """All images (or series) that a spec asks for, in the order of their set."""
    if isinstance(data, OwnImages):
        return data.load()
    if data.card.samples is None:
        return data.card.load(samples=data.count, noise=data.noise, seed=data.seed)
    whole = data.card.load()
    return whole if data.samples is None else subset(whole, samples=data.samples, seed=data.seed)
