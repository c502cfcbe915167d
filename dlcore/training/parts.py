"""Which samples of an experiment are for training and which for testing."""

from __future__ import annotations

import numpy as np

from datasets.dataset import Dataset
from datasets.folds import fold
from datasets.split import split, split_rows
from dlcore.specs.data import AnyData, ImageData, SeriesData


def parts_of(data: AnyData, dataset: Dataset) -> tuple[np.ndarray, np.ndarray]:
    """Row numbers of the training part and of the test part: one fold of a cross-validation, or a share for testing.

    Raises: ValueError: there is too little data to learn from and test on, with what is missing.
    """
    if data.folds is not None:
        return fold(dataset, folds=data.folds, number=data.fold, seed=data.seed)
    if data.kind == "own_table":
        return split_rows(dataset, by=data.split, test_share=data.test_share, seed=data.seed)
    share = data.share if isinstance(data, ImageData | SeriesData) else data.test_share
    return split(dataset, test_share=share, seed=data.seed)
