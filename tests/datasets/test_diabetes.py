import numpy as np

from datasets.diabetes import load_diabetes


def test_the_numbers_are_those_of_scikit_learn() -> None:
    from sklearn.datasets import load_diabetes as theirs

    table, ours = theirs(scaled=False), load_diabetes()
    assert np.array_equal(ours.inputs, table.data)
    assert np.array_equal(ours.targets, table.target)
    assert len(ours.features) == len(table.feature_names) == 10


def test_columns_mean_what_their_names_say() -> None:
    columns = dict(zip(load_diabetes().features, load_diabetes().inputs.T, strict=True))
    assert set(columns["sex (1 or 2)"]) == {1.0, 2.0}
    assert columns["age (years)"].min() == 19
    # the eighth column is the quotient of two others, mostly rounded to a whole number
    ratio = columns["total cholesterol"] / columns["HDL cholesterol"]
    assert (np.abs(ratio - columns["total / HDL cholesterol"]) <= 0.51).mean() > 0.95
