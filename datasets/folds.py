"""Cross-validation: k parts of equal size, each of which is the test part once."""

from __future__ import annotations

import numpy as np

from datasets.dataset import Dataset


def fold(dataset: Dataset, *, folds: int, number: int, seed: int) -> tuple[np.ndarray, np.ndarray]:
    """Row numbers of the training part and of the test part of fold `number` (from 0), both in random order.

    The samples are shuffled, class by class, and dealt to the folds in turn. So every sample is tested in exactly one
    fold; the folds are of one size to within one sample, and so is every class's share of them. The seed decides how
    the samples are dealt, the same for all folds.

    Raises: ValueError: there is no such fold, a class has fewer samples than there are folds, or the data set says
    itself what is for testing.
    """
    if folds < 2 or not 0 <= number < folds:
        raise ValueError(f"fold: expected a number from 0 to {folds - 1} of at least 2 folds; received {number}")
    if dataset.held_out is not None:
        raise ValueError("folds: this data set says itself what is for testing, so it has no folds; expected none")
    shuffle = np.random.default_rng(seed)
    groups = np.unique(dataset.targets).tolist() if dataset.classes else []
    dealt = [shuffle.permutation(np.flatnonzero(dataset.targets == group)) for group in groups]
    dealt = dealt or [shuffle.permutation(np.arange(len(dataset.targets)))]
    for rows in dealt:
        if len(rows) < folds:
            name = f"the class {dataset.classes[dataset.targets[rows[0]]]!r}" if len(groups) else "the data set"
            raise ValueError(
                f"folds: {name} has {len(rows)} samples, so there can be {len(rows)} folds at most; received {folds}"
            )
    order = np.concatenate(dealt)
    test = order[number::folds]
    train = np.setdiff1d(order, test)
    return shuffle.permutation(train), shuffle.permutation(test)
