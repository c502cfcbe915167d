import numpy as np

from datasets.wine import load_wine


def test_the_numbers_are_those_of_scikit_learn() -> None:
    from sklearn.datasets import load_wine as theirs

    table, ours = theirs(), load_wine()
    assert np.array_equal(ours.inputs, table.data)
    assert np.array_equal(ours.targets, table.target)
    assert [name.lower().replace(" ", "_") for name in ours.features] == table.feature_names
    assert [name.replace("cultivar ", "class_") for name in ours.classes] == table.target_names.tolist()
