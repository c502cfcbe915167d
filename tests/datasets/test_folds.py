import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from sklearn.model_selection import StratifiedKFold

from datasets.dataset import Dataset
from datasets.folds import fold


def classified(labels: list[int]) -> Dataset:
    return Dataset(
        inputs=np.zeros((len(labels), 1)),
        targets=np.array(labels, dtype=np.int64),
        features=("a",),
        target="t",
        classes=("a", "b", "c"),
    )


def measured(count: int) -> Dataset:
    return Dataset(inputs=np.zeros((count, 1)), targets=np.linspace(0, 1, count), features=("a",), target="t")


@given(st.lists(st.integers(7, 40), min_size=1, max_size=3), st.integers(2, 7), st.integers(0, 99))
def test_every_sample_is_tested_once_and_every_class_keeps_its_share(counts: list[int], k: int, seed: int) -> None:
    labels = [label for label, count in enumerate(counts) for _ in range(count)]
    data = classified(np.random.default_rng(seed).permutation(labels).tolist())
    parts = [fold(data, folds=k, number=number, seed=seed) for number in range(k)]
    assert sorted(row for _, test in parts for row in test) == list(range(len(labels)))
    for train, test in parts:
        assert sorted([*train, *test]) == list(range(len(labels)))
    # scikit-learn's own folds are as large, and hold as many of each class, to within one sample
    oracle = [test for _, test in StratifiedKFold(k).split(np.zeros(len(labels)), data.targets)]
    assert max(len(test) for _, test in parts) - min(len(test) for _, test in parts) <= 1
    assert sorted(len(test) for _, test in parts) == sorted(map(len, oracle))
    for label in range(len(counts)):
        ours = sorted(int((data.targets[test] == label).sum()) for _, test in parts)
        theirs = sorted(int((data.targets[test] == label).sum()) for test in oracle)
        assert ours == theirs


@given(st.integers(5, 60), st.integers(2, 5))
def test_numbers_are_dealt_evenly_too(count: int, k: int) -> None:
    parts = [fold(measured(count), folds=k, number=number, seed=3) for number in range(k)]
    assert sorted(row for _, test in parts for row in test) == list(range(count))
    assert {len(test) for _, test in parts} <= {count // k, -(-count // k)}


def test_the_seed_decides_and_both_parts_are_shuffled() -> None:
    data = classified([0] * 60 + [1] * 60)
    one, same, other = (fold(data, folds=3, number=1, seed=seed) for seed in (1, 1, 2))
    assert all(np.array_equal(a, b) for a, b in zip(one, same, strict=True))
    assert not np.array_equal(np.sort(one[1]), np.sort(other[1]))
    for rows in one:
        first = data.targets[rows][: len(rows) // 2].mean()
        assert 0.3 < first < 0.7


def test_impossible_folds_are_refused() -> None:
    with pytest.raises(ValueError, match="the class 'b' has 3 samples, so there can be 3 folds at most; received 4"):
        fold(classified([0] * 9 + [1] * 3), folds=4, number=0, seed=0)
    with pytest.raises(ValueError, match="the data set has 3 samples"):
        fold(measured(3), folds=4, number=0, seed=0)
    with pytest.raises(ValueError, match="from 0 to 3 of at least 2 folds; received 4"):
        fold(measured(30), folds=4, number=4, seed=0)
    held = Dataset(
        inputs=np.zeros((4, 1)), targets=np.zeros(4), features=("a",), target="t", held_out=np.array([True, False] * 2)
    )
    with pytest.raises(ValueError, match="says itself what is for testing"):
        fold(held, folds=2, number=0, seed=0)
