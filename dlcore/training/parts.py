"""Which samples of an experiment are for training and which for testing."""

from __future__ import annotations

import numpy as np

from datasets.dataset import Dataset
from datasets.folds import fold
from datasets.split import split, split_rows
from dlcore.specs.data import AnyData, GeneratedData, ImageData, SeriesData


def parts_of(data: AnyData, dataset: Dataset) -> tuple[np.ndarray, np.ndarray]:
    """Row numbers of the training part and of the test part: one fold of a cross-validation, or a share for testing.

    With `train_samples` the training part is the first so many, which are in random order: the test part stays, and a
    larger number adds to the samples of a smaller one.

    Raises: ValueError: there is too little data to learn from and test on, with what is missing.
    """
    train, test = _parts(data, dataset)
    wanted = data.train_samples if isinstance(data, GeneratedData) else None
    if wanted is None:
        return train, test
    if wanted > len(train):
        raise ValueError(f"data.train_samples: expected at most {len(train)}, which are not tested; received {wanted}")
    missing = set(np.unique(dataset.targets).tolist()) - set(dataset.targets[train[:wanted]].tolist())
    if dataset.classes and missing:
        name = dataset.classes[min(missing)]
        raise ValueError(f"data.train_samples: among the first {wanted} is none of the class '{name}'; take more")
    return train[:wanted], test


def _parts(data: AnyData, dataset: Dataset) -> tuple[np.ndarray, np.ndarray]:
    if data.folds is not None:
        return fold(dataset, folds=data.folds, number=data.fold, seed=data.seed)
    if data.kind == "own_table":
        return split_rows(dataset, by=data.split, test_share=data.test_share, seed=data.seed)
    share = data.share if isinstance(data, ImageData | SeriesData) else data.test_share
    return split(dataset, test_share=share, seed=data.seed)
