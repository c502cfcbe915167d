import numpy as np
from sklearn.preprocessing import OneHotEncoder

from datasets.preprocess.categories import fit_one_hot


def test_one_hot_agrees_with_scikit_learn_and_leaves_numbers_alone() -> None:
    rng = np.random.default_rng(0)
    train = np.column_stack([rng.integers(0, 3, 20), rng.normal(size=20), rng.integers(0, 2, 20)]).astype(float)
    test = np.column_stack([rng.integers(0, 3, 9), rng.normal(size=9), rng.integers(0, 2, 9)]).astype(float)
    encoder = OneHotEncoder(sparse_output=False).fit(train[:, [0, 2]])
    ours = fit_one_hot(train, [3, 0, 2]).apply(test)
    assert np.array_equal(ours[:, [0, 1, 2, 4, 5]], encoder.transform(test[:, [0, 2]]))
    assert np.array_equal(ours[:, 3], test[:, 1])


def test_a_category_that_the_training_part_lacks_is_nothing_as_in_scikit_learn() -> None:
    train, test = np.array([[0.0], [2.0], [0.0]]), np.array([[1.0], [2.0]])
    encoder = OneHotEncoder(sparse_output=False, handle_unknown="ignore").fit(train)
    ours = fit_one_hot(train, [3]).apply(test)
    assert ours.tolist() == [[0, 0, 0], [0, 0, 1]]
    assert np.array_equal(ours[:, [0, 2]], encoder.transform(test))
