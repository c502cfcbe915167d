import numpy as np
import pytest

from datasets.folds import fold
from datasets.split import split
from dlcore.specs.data import GeneratedData, ImageData, TableData
from dlcore.training.parts import parts_of
from dlcore.training.prepare import load_data, prepare
from dlcore.training.samples import prepare_samples


def test_a_share_or_a_fold_is_for_testing():
    data = TableData(name="wine", test_share=0.2, seed=4)
    dataset = load_data(data)
    for ours, theirs in zip(parts_of(data, dataset), split(dataset, test_share=0.2, seed=4), strict=True):
        np.testing.assert_array_equal(ours, theirs)
    folded = data.replace({"folds": 4, "fold": 2})
    for ours, theirs in zip(parts_of(folded, dataset), fold(dataset, folds=4, number=2, seed=4), strict=True):
        np.testing.assert_array_equal(ours, theirs)


def test_the_folds_of_an_experiment_test_every_sample_once_and_scale_anew():
    parts = [prepare(TableData(name="diabetes", folds=5, fold=number)) for number in range(5)]
    assert sorted(row for part in parts for row in part.test) == list(range(442))
    for part in parts:
        np.testing.assert_allclose(part.x_train.mean(axis=0), 0, atol=1e-5)  # measured on this fold's training part
        assert abs(part.x_test.mean(axis=0)).max() > 0.01


def test_images_have_folds_too():
    parts = [prepare_samples(ImageData(name="digits", samples=100, folds=4, fold=number)) for number in range(4)]
    images = np.concatenate([part.x_test for part in parts])
    assert len(images) == 100 and len(np.unique(images.reshape(100, -1), axis=0)) == 100


def test_too_many_folds_for_a_rare_class_are_refused_with_a_sentence():
    data = GeneratedData(name="fraud", samples=100, positives=0.05, folds=10)
    with pytest.raises(
        ValueError, match="the class 'fraud' has 5 samples, so there can be 5 folds at most; received 10"
    ):
        prepare(data)


def test_fewer_samples_to_learn_from_are_the_first_and_leave_the_test_part():
    data = GeneratedData(name="moons", samples=100, test_share=0.4, seed=3)
    dataset = load_data(data)
    train, test = parts_of(data, dataset)
    few, same = parts_of(data.replace({"train_samples": 12}), dataset)
    np.testing.assert_array_equal(few, train[:12])
    np.testing.assert_array_equal(same, test)
    all_of_them, _ = parts_of(data.replace({"train_samples": 60}), dataset)
    np.testing.assert_array_equal(all_of_them, train)
    folded = data.replace({"train_samples": 12, "folds": 4, "fold": 1})
    assert [len(part) for part in parts_of(folded, dataset)] == [12, 25]


def test_more_than_there_are_or_none_of_a_class_is_refused_with_a_sentence():
    with pytest.raises(ValueError, match=r"^data\.train_samples: expected at most 60, which are not tested; received"):
        prepare(GeneratedData(samples=100, test_share=0.4, train_samples=61))
    rare = GeneratedData(name="fraud", samples=400, positives=0.01, train_samples=5)
    with pytest.raises(ValueError, match=r"^data\.train_samples: among the first 5 is none of the class 'fraud'"):
        prepare(rare)
