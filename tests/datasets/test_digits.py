import numpy as np

from datasets.digits import load_digits


def test_the_numbers_are_those_of_scikit_learn() -> None:
    from sklearn.datasets import load_digits as theirs

    bunch, ours = theirs(), load_digits()
    assert np.array_equal(ours.inputs[:, 0] * 16, bunch.images)
    assert np.array_equal(ours.targets, bunch.target)
