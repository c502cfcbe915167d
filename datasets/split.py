"""Splitting samples into a part to learn from and a part to test on."""

from __future__ import annotations

import dataclasses
from typing import Literal

import numpy as np

from datasets.dataset import Dataset


def split(dataset: Dataset, *, test_share: float, seed: int) -> tuple[np.ndarray, np.ndarray]:
    """Row numbers of the training part and of the test part, both in random order; together they are all rows.

    The test part takes `round(test_share · n)` rows, for classification of every class by itself, so that both parts
    have the classes in the same shares; at least one row of each class present, and never its last one. Where the data
    set says itself what is held out, that is the test part, whatever the share.

    Raises: ValueError: the share is not between 0 and 1, or there are too few samples to have one in each part.
    """
    if not 0 < test_share < 1:
        raise ValueError(f"test_share: expected a number between 0 and 1; received {test_share!r}")
    rng = np.random.default_rng(seed)
    if dataset.held_out is not None:
        return rng.permutation(np.flatnonzero(~dataset.held_out)), rng.permutation(np.flatnonzero(dataset.held_out))
    train, test = [], []
    for name, rows in _groups(dataset):
        if len(rows) < 2:
            raise ValueError(
                f"data: {name} needs at least 2 samples, one to learn from and one to test on; received {len(rows)}"
            )
        rows = rng.permutation(rows)
        taken = min(max(round(test_share * len(rows)), 1), len(rows) - 1)
        test.append(rows[:taken])
        train.append(rows[taken:])
    return rng.permutation(np.concatenate(train)), rng.permutation(np.concatenate(test))


def split_rows(
    dataset: Dataset, *, by: Literal["class", "random", "time"], test_share: float, seed: int
) -> tuple[np.ndarray, np.ndarray]:
    """The same, in another way: `class` as `split` does, `random` without a look at the classes, or by `time`.

    By time the test part are the last rows of `dataset.order` (of equal moments, the later ones of the file), in that
    order: the network is asked about what came after all that it learned from, as it will be when it is used.

    Raises: ValueError: as `split`.
    """
    if by == "class":
        return split(dataset, test_share=test_share, seed=seed)
    if by == "random":
        return split(dataclasses.replace(dataset, classes=()), test_share=test_share, seed=seed)
    order = np.arange(len(dataset.targets)) if dataset.order is None else np.argsort(dataset.order, kind="stable")
    if len(order) < 2:
        raise ValueError(f"data: the data set needs at least 2 samples; received {len(order)}")
    first = len(order) - min(max(round(test_share * len(order)), 1), len(order) - 1)
    return np.random.default_rng(seed).permutation(order[:first]), order[first:]


def _groups(dataset: Dataset) -> list[tuple[str, np.ndarray]]:
    if not dataset.classes or not len(dataset.targets):
        return [("the data set", np.arange(len(dataset.targets)))]
    present = [(f"the class {name!r}", np.flatnonzero(dataset.targets == c)) for c, name in enumerate(dataset.classes)]
    return [(name, rows) for name, rows in present if len(rows)]
