import numpy as np

from datasets.iris import load_iris


def test_the_numbers_are_those_of_scikit_learn() -> None:
    from sklearn.datasets import load_iris as theirs

    table, ours = theirs(), load_iris()
    assert np.array_equal(ours.inputs, table.data)
    assert np.array_equal(ours.targets, table.target)
    assert ours.features == tuple(table.feature_names)
    assert ours.classes == tuple(table.target_names)
