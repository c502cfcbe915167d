import numpy as np
import pytest
from sklearn.feature_selection import SelectKBest, f_classif, f_regression

from datasets.iris import load_iris
from datasets.preprocess.selection import fit_selection


@pytest.mark.parametrize("keep", [1, 3, 10])
def test_the_choice_is_scikit_learns(keep: int) -> None:
    rng = np.random.default_rng(keep)
    x = rng.normal(size=(60, 40)) * rng.uniform(0.1, 100, 40) + rng.normal(size=40)
    classes, values = rng.integers(0, 3, 60), rng.normal(size=60)
    best = SelectKBest(f_classif, k=keep).fit(x, classes).get_support(indices=True)
    assert fit_selection(x, classes, keep, classes=True).tolist() == best.tolist()
    best = SelectKBest(f_regression, k=keep).fit(x, values).get_support(indices=True)
    assert fit_selection(x, values, keep, classes=False).tolist() == best.tolist()


def test_the_petals_tell_irises_apart() -> None:
    iris = load_iris()
    chosen = fit_selection(iris.inputs, iris.targets, 2, classes=True)
    assert [iris.features[column] for column in chosen] == ["petal length (cm)", "petal width (cm)"]


def test_constant_columns_come_last_and_are_no_trouble() -> None:
    x = np.column_stack([np.ones(6), np.arange(6.0), np.zeros(6)])
    assert fit_selection(x, np.arange(6.0), 1, classes=False).tolist() == [1]
    assert fit_selection(x, np.zeros(6), 3, classes=False).tolist() == [0, 1, 2]
    with pytest.raises(ValueError, match="keep: expected 1 … 3, as many as there are inputs; received 4"):
        fit_selection(x, np.arange(6.0), 4, classes=False)
