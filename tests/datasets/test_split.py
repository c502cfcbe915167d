import dataclasses

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from datasets.dataset import Dataset
from datasets.split import split, split_rows


def classified(labels: list[int]) -> Dataset:
    return Dataset(
        inputs=np.zeros((len(labels), 1)),
        targets=np.array(labels, dtype=np.int64),
        features=("a",),
        target="t",
        classes=("a", "b", "c"),
    )


def measured(count: int) -> Dataset:
    return Dataset(inputs=np.zeros((count, 1)), targets=np.zeros(count), features=("a",), target="t")


@given(st.lists(st.integers(2, 60), min_size=1, max_size=3), st.floats(0.1, 0.9), st.integers(0, 99))
def test_every_class_keeps_its_share(counts: list[int], share: float, seed: int) -> None:
    data = classified([label for label, count in enumerate(counts) for _ in range(count)])
    train, test = split(data, test_share=share, seed=seed)
    assert sorted([*train, *test]) == list(range(sum(counts)))
    for label, count in enumerate(counts):
        taken = int((data.targets[test] == label).sum())
        assert 1 <= taken <= count - 1
        assert abs(taken - share * count) <= 1


@given(st.integers(2, 200), st.floats(0.1, 0.9))
def test_regression_takes_the_share_of_all(count: int, share: float) -> None:
    train, test = split(measured(count), test_share=share, seed=0)
    assert sorted([*train, *test]) == list(range(count))
    assert len(train) >= 1
    assert len(test) >= 1
    assert abs(len(test) - share * count) <= 1


def test_the_seed_decides() -> None:
    data = classified([0] * 30 + [1] * 30)
    one, same, other = (split(data, test_share=0.3, seed=seed) for seed in (1, 1, 2))
    assert all(np.array_equal(a, b) for a, b in zip(one, same, strict=True))
    assert not np.array_equal(np.sort(one[1]), np.sort(other[1]))


def test_parts_are_shuffled() -> None:
    data = classified([0] * 100 + [1] * 100)
    train, test = split(data, test_share=0.5, seed=0)
    for rows in (train, test):
        assert 10 < data.targets[rows][:50].sum() < 40


def test_a_class_of_one_is_refused() -> None:
    with pytest.raises(ValueError, match=r"^data: the class 'b' needs at least 2 samples, .* received 1$"):
        split(classified([0, 0, 1]), test_share=0.5, seed=0)


@pytest.mark.parametrize("count", [0, 1])
def test_too_few_values_are_refused(count: int) -> None:
    with pytest.raises(ValueError, match=rf"^data: the data set needs at least 2 samples, .* received {count}$"):
        split(measured(count), test_share=0.5, seed=0)


def test_no_classes_drawn_at_all_is_refused() -> None:
    with pytest.raises(ValueError, match="received 0"):
        split(classified([]), test_share=0.5, seed=0)


@pytest.mark.parametrize("share", [0.0, 1.0, -0.1, float("nan")])
def test_a_share_outside_zero_and_one_is_refused(share: float) -> None:
    with pytest.raises(ValueError, match=r"^test_share: expected a number between 0 and 1; received"):
        split(measured(10), test_share=share, seed=0)


@pytest.mark.parametrize("share", [0.1, 0.9])
def test_what_a_data_set_holds_out_is_tested_on_and_nothing_else(share: float) -> None:
    held_out = np.arange(60) % 3 == 0
    data = dataclasses.replace(classified([0] * 30 + [1] * 30), held_out=held_out)
    train, test = split(data, test_share=share, seed=5)
    assert sorted(test) == np.flatnonzero(held_out).tolist()
    assert sorted(train) == np.flatnonzero(~held_out).tolist()
    assert not np.array_equal(test, np.sort(test))  # mixed, as every split is


def test_by_class_is_the_usual_way_and_by_chance_forgets_the_classes() -> None:
    data = classified([0] * 30 + [1] * 10)
    usual, by_class = split(data, test_share=0.3, seed=1), split_rows(data, by="class", test_share=0.3, seed=1)
    assert [part.tolist() for part in usual] == [part.tolist() for part in by_class]
    counts = {
        int((data.targets[split_rows(data, by="random", test_share=0.3, seed=seed)[1]] == 1).sum()) for seed in range(9)
    }
    assert len(counts) > 1, "by class there would always be 3 of the rare one"
    train, test = split_rows(data, by="random", test_share=0.3, seed=0)
    assert len(test) == 12 and sorted([*train, *test]) == list(range(40))


def test_by_time_the_last_are_tested() -> None:
    moments = np.array([3.0, 1.0, 2.0, 3.0, 0.0])
    data = dataclasses.replace(measured(5), order=moments)
    train, test = split_rows(data, by="time", test_share=0.4, seed=0)
    assert test.tolist() == [0, 3] and sorted(train) == [1, 2, 4]
    train, test = split_rows(measured(10), by="time", test_share=0.25, seed=0)
    assert test.tolist() == [8, 9] and sorted(train) == list(range(8)), "without moments the order of the file"
    with pytest.raises(ValueError, match="at least 2 samples; received 1"):
        split_rows(measured(1), by="time", test_share=0.5, seed=0)
