"""Fewer samples of a data set, as many of each class as its share."""

from __future__ import annotations

import dataclasses

import numpy as np

from datasets.dataset import Dataset


def subset(dataset: Dataset, *, samples: int, seed: int) -> Dataset:
    """So many samples of a data set, drawn at random and kept in their order.

    Every class keeps its share to within one sample; where a part is held out, each class's two parts do so each.

    Raises: ValueError: there are not so many, or fewer than one is asked for.
    """
    if not 1 <= samples <= len(dataset.targets):
        raise ValueError(f"samples: expected 1 … {len(dataset.targets):,}, all there are; received {samples:,}")
    held_out = dataset.held_out
    groups = 2 * dataset.targets if held_out is None else 2 * dataset.targets + held_out
    rows = draw_rows(groups, samples, seed)
    return dataclasses.replace(
        dataset,
        inputs=dataset.inputs[rows],
        targets=dataset.targets[rows],
        held_out=None if held_out is None else held_out[rows],
    )


def draw_rows(groups: np.ndarray, count: int, seed: int) -> np.ndarray:
    """Row numbers (count,), ascending, drawn at random so that every group has its share; `groups` (n,) are labels."""
    shuffle = np.random.default_rng(seed)
    # every group is spread evenly between 0 and 1, in random order; then the first rows have all groups in their shares
    place = np.empty(len(groups))
    for group in np.unique(groups):
        rows = shuffle.permutation(np.flatnonzero(groups == group))
        place[rows] = (np.arange(len(rows)) + 0.5) / len(rows)
    return np.sort(np.argsort(place, kind="stable")[:count])
