import numpy as np
import pytest

from datasets.diabetes import load_diabetes
from datasets.scaling import TITLES, Kind, fit_scaler


def test_scalers_agree_with_scikit_learn() -> None:
    from sklearn.preprocessing import MinMaxScaler, RobustScaler, StandardScaler

    train, test = load_diabetes().inputs[:300], load_diabetes().inputs[300:]
    assert np.allclose(fit_scaler("standard", train).apply(test), StandardScaler().fit(train).transform(test))
    assert np.allclose(fit_scaler("minmax", train).apply(test), MinMaxScaler().fit(train).transform(test))
    assert np.allclose(fit_scaler("robust", train).apply(test), RobustScaler().fit(train).transform(test))


@pytest.mark.parametrize("kind", TITLES)
def test_undo_brings_the_units_back(kind: Kind) -> None:
    inputs = load_diabetes().inputs
    scaler = fit_scaler(kind, inputs[:100])
    assert np.allclose(scaler.undo(scaler.apply(inputs)), inputs)


def test_none_changes_nothing() -> None:
    inputs = load_diabetes().inputs
    assert np.array_equal(fit_scaler("none", inputs).apply(inputs), inputs)


@pytest.mark.parametrize("kind", TITLES)
def test_a_constant_column_scales_by_one(kind: Kind) -> None:
    inputs = np.column_stack([np.full(7, 0.1), np.arange(7.0)])  # seven times 0.1 has a rounded deviation above 0
    scaler = fit_scaler(kind, inputs)
    assert scaler.scale[0] == 1.0
    assert np.abs(scaler.apply(inputs)[:, 0] - (0.1 if kind == "none" else 0.0)).max() < 1e-15


def test_one_column_scales_a_plain_vector() -> None:
    values = np.array([1.0, 3.0])
    scaler = fit_scaler("standard", values[:, None])
    assert scaler.apply(values).tolist() == [-1.0, 1.0]
    assert scaler.undo(np.array(2.0)).tolist() == [4.0]


def test_bad_input_is_refused() -> None:
    with pytest.raises(ValueError, match=r"^inputs: expected at least one row"):
        fit_scaler("standard", np.zeros((0, 2)))
    with pytest.raises(ValueError, match=r"^scaling: expected one of standard, minmax, robust, none; received 'log'$"):
        fit_scaler("log", np.zeros((1, 2)))  # type: ignore[arg-type]  # a wrong kind is the point
