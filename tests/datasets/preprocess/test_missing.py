import numpy as np
import pytest
from sklearn.impute import SimpleImputer

from datasets.preprocess.missing import Missing, complete_rows, fit_filler

NAN = np.nan
TRAIN = np.array([[1.0, NAN, 2.0], [2.0, 5.0, 2.0], [NAN, 5.0, 1.0], [4.0, 7.0, 1.0]])
TEST = np.array([[NAN, NAN, NAN], [100.0, 200.0, 0.0]])
NAMES = ("a", "b", "c")


@pytest.mark.parametrize("kind", ["mean", "most_frequent"])
def test_numbers_are_filled_as_scikit_learn_does(kind: Missing) -> None:
    filler = fit_filler(kind, TRAIN, NAMES, [False] * 3)
    assert np.allclose(filler.apply(TEST), SimpleImputer(strategy=kind).fit(TRAIN).transform(TEST))


def test_categories_have_no_mean() -> None:
    filler = fit_filler("mean", TRAIN, NAMES, [False, False, True])
    assert np.allclose(filler.values, [7 / 3, 17 / 3, 1.0]), "of two equally frequent ones the first"


def test_complete_rows() -> None:
    assert complete_rows(TRAIN).tolist() == [1, 3]


def test_a_column_without_a_known_value_is_refused() -> None:
    with pytest.raises(ValueError, match="knows no value of 'b'"):
        fit_filler("mean", np.array([[1.0, NAN, 1.0]]), NAMES, [False] * 3)
    with pytest.raises(ValueError, match="expected one of mean, most_frequent, drop; received 'median'"):
        fit_filler("median", TRAIN, NAMES, [False] * 3)  # type: ignore[arg-type]  # a wrong kind is the point
