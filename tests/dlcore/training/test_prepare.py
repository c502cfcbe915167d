import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings

from datasets.diabetes import load_diabetes
from datasets.penguins import load_penguins
from datasets.registry import DATASETS
from datasets.scaling import Kind
from datasets.upload.table import Table
from dlcore.specs.data import DataSpec, DrawnData, GeneratedData, Point, TableData
from dlcore.training.prepare import load_data, prepare
from tests.own import OWNER, flowers, own_table, uploads
from tests.strategies import data_specs, drawn_data

GENERATED = [row.name for row in DATASETS if row.kind == "generated"]
TABLES = [row.name for row in DATASETS if row.kind == "table"]


def points(*counts: int) -> DrawnData:
    return DrawnData(
        points=tuple(
            Point(x1=i / 10 - label, x2=float(label), label=label) for label, n in enumerate(counts) for i in range(n)
        )
    )


SPECS: list[DataSpec] = [
    *(GeneratedData(name=name, samples=101, noise=0.1) for name in GENERATED),
    *(TableData(name=name) for name in TABLES),
    points(5, 4),
    points(5, 4, 2),
]


@pytest.mark.parametrize("data", SPECS, ids=lambda data: getattr(data, "name", data.kind))
def test_every_data_set_keeps_the_contract(data: DataSpec) -> None:
    made = prepare(data)
    d, n = len(made.input_titles), len(made.dataset.targets)
    assert sorted([*made.train, *made.test]) == list(range(n))
    for x, y, p, rows in (
        (made.x_train, made.y_train, made.points_train, made.train),
        (made.x_test, made.y_test, made.points_test, made.test),
    ):
        assert x.shape == (len(rows), d)
        assert p.shape == (len(rows), 2)
        assert y.shape == (len(rows),)
        assert x.dtype == p.dtype == np.float32
        assert y.dtype == (np.int64 if made.classes else np.float32)
        assert np.isfinite(x).all()
        for axis, (low, high) in enumerate(made.axis_range):
            assert low <= p[:, axis].min()
            assert p[:, axis].max() <= high
    assert made.task == data.task
    assert made.planar == (d <= 2)
    assert made.inputs_at(np.zeros((3, 2), dtype=np.float32)).shape == (3, d)
    assert made.inputs_at(np.zeros((3, 2))).dtype == np.float32


@pytest.mark.parametrize(
    "data", [spec for spec in SPECS if not isinstance(spec, TableData)], ids=lambda data: data.kind
)
def test_on_the_plane_the_inputs_at_a_samples_place_are_its_inputs(data: DataSpec) -> None:
    made = prepare(data, ("x2", "x1_squared", "x1_x2", "sin_x2"))
    assert made.inputs_at(made.points_test) == pytest.approx(made.x_test, abs=1e-5)


def test_plane_features_by_hand() -> None:
    made = prepare(points(4, 4), ("x1", "x2", "x1_squared", "x2_squared", "x1_x2", "sin_x1", "sin_x2"))
    assert made.input_titles == ("x₁", "x₂", "x₁²", "x₂²", "x₁x₂", "sin x₁", "sin x₂")
    assert made.inputs_at(np.array([[2.0, -3.0]]))[0] == pytest.approx([2, -3, 4, 9, -6, 0.9092974, -0.14112], abs=1e-6)


def test_plane_regression_targets_are_left_as_they_are() -> None:
    made = prepare(GeneratedData(name="sine"))
    assert made.target_scaler is None
    assert made.target_range == (-1.0, 1.0)
    assert made.y_train == pytest.approx(np.sin(made.points_train[:, 0]), abs=1e-5)


@pytest.mark.parametrize("scaling", ["standard", "minmax", "none"])
def test_scaling_is_fitted_to_the_training_part_alone(scaling: Kind) -> None:
    made = prepare(TableData(scaling=scaling))
    own = load_penguins().inputs
    if scaling == "standard":
        assert np.abs(made.x_train.mean(axis=0)).max() < 1e-5
        assert np.abs(made.x_train.std(axis=0) - 1).max() < 1e-5
        assert np.abs(made.x_test.mean(axis=0)).max() > 1e-3
    elif scaling == "minmax":
        assert made.x_train.min(axis=0).tolist() == [0.0] * 4
        assert made.x_train.max(axis=0).tolist() == [1.0] * 4
    else:
        assert np.array_equal(made.x_train, own[made.train].astype(np.float32))
    assert made.scaler is not None
    assert made.scaler.undo(made.x_test) == pytest.approx(own[made.test], rel=1e-5)


def test_table_regression_targets_are_standardised_and_can_be_undone() -> None:
    made = prepare(TableData(name="diabetes"))
    assert made.target_scaler is not None
    assert abs(made.y_train.mean()) < 1e-6
    assert abs(made.y_train.std() - 1) < 1e-6
    assert made.target_scaler.undo(made.y_test) == pytest.approx(load_diabetes().targets[made.test], rel=1e-5)
    every = np.concatenate([made.y_train, made.y_test])
    assert made.target_range == (every.min(), every.max())


def test_axes_choose_what_plots_show() -> None:
    made = prepare(TableData(axes=("body mass (g)", "bill depth (mm)"), scaling="minmax"))
    assert made.axes == ("body mass (g), min-max scaled", "bill depth (mm), min-max scaled")
    assert np.array_equal(made.points_test, made.x_test[:, [3, 1]])
    inputs = made.inputs_at(np.array([[0.25, 0.75], [1.0, 0.0]]))
    mean = made.x_train.mean(axis=0)
    assert inputs == pytest.approx(np.array([[mean[0], 0.75, mean[2], 0.25], [mean[0], 0.0, mean[2], 1.0]]))


def test_two_chosen_features_make_a_planar_table() -> None:
    made = prepare(TableData(features=("flipper length (mm)", "bill length (mm)")))
    assert made.planar
    assert np.array_equal(made.inputs_at(made.points_test), made.x_test)
    assert made.scaler is not None
    assert made.scaler.undo(made.x_train[0]) == pytest.approx(load_penguins().inputs[made.train[0], [2, 0]])


def test_a_single_feature_leaves_the_second_axis_empty() -> None:
    made = prepare(TableData(features=("body mass (g)",)))
    assert made.axes == ("body mass (g), standardised", "(no second input)")
    assert (made.points_train[:, 1] == 0).all()
    assert np.array_equal(made.inputs_at(np.array([[0.5, -3.0]])), np.array([[0.5]], dtype=np.float32))


def test_the_axes_do_not_change_the_split() -> None:
    one, two = (prepare(TableData(axes=axes)) for axes in (None, ("body mass (g)", "bill depth (mm)")))
    assert np.array_equal(one.x_train, two.x_train)
    assert np.array_equal(one.y_test, two.y_test)


def test_load_data_keeps_the_chosen_features_in_their_order() -> None:
    data = load_data(TableData(features=("body mass (g)", "bill length (mm)")))
    assert data.features == ("body mass (g)", "bill length (mm)")
    assert np.array_equal(data.inputs, load_penguins().inputs[:, [3, 0]])


@pytest.mark.parametrize(
    ("counts", "so_far"),
    [((), "0 of class A, 0 of class B"), ((4, 3), "4 of class A, 3 of class B"), ((9,), "9 of class A, 0 of class B")],
)
def test_too_few_drawn_points_are_refused_with_what_to_do(counts: tuple[int, ...], so_far: str) -> None:
    with pytest.raises(ValueError, match=f"Draw at least 4 points of each of two classes; there are {so_far} so far"):
        prepare(points(*counts))


def test_two_of_three_classes_are_enough_but_a_single_point_is_not_a_class() -> None:
    assert prepare(points(4, 0, 4)).classes == ("class A", "class B", "class C")
    with pytest.raises(ValueError, match=r"^data: the class 'class C' needs at least 2 samples, .* received 1$"):
        prepare(points(4, 4, 1))


def test_an_unknown_plane_feature_is_refused() -> None:
    with pytest.raises(ValueError, match=r"features: expected one of x1, .* received 'x3'"):
        prepare(GeneratedData(), ("x1", "x3"))


@settings(deadline=None, max_examples=60, suppress_health_check=[HealthCheck.too_slow])
@given(data_specs | drawn_data(least=0))
def test_any_valid_data_spec_is_prepared_or_refused_with_a_sentence(data: DataSpec) -> None:
    try:
        made = prepare(data, ("x1", "x2", "x1_x2", "sin_x2"))
    except ValueError as error:
        assert str(error).startswith(("Draw at least 4 points", "data: ", "folds: "))
    else:
        for array in (made.x_train, made.x_test, made.y_train, made.y_test, made.points_train, made.points_test):
            assert len(array) >= 1
            assert np.isfinite(array).all()


def test_an_own_table_is_prepared_by_its_training_part_alone() -> None:
    from sklearn.impute import SimpleImputer
    from sklearn.pipeline import make_pipeline
    from sklearn.preprocessing import RobustScaler

    table = flowers()
    with uploads() as store:
        upload = store.add(OWNER, "flowers.csv", table).id
        data = own_table(upload, table, columns=["length", "colour"], scaling="robust")
        made = prepare(data)
        assert made.input_titles == ("length", "colour = blue", "colour = red", "colour = white")
        assert made.axes == ("length, robustly scaled", "colour = blue"), "0 and 1 are not scaled"
        fitted = make_pipeline(SimpleImputer(), RobustScaler()).fit(table.values[made.train, :1])
        assert made.x_test[:, 0] == pytest.approx(fitted.transform(table.values[made.test, :1])[:, 0], rel=1e-5)
        values = table.values.copy()
        values[made.test, 0], values[made.test, 2] = 1e6, 2  # what the test part holds is nobody's business
        other = data.replace({"upload": store.add(OWNER, "other.csv", Table(columns=table.columns, values=values)).id})
        assert np.array_equal(prepare(other).x_train, made.x_train)
        assert not np.array_equal(prepare(other.replace({"leak": True})).x_train, made.x_train)
        assert prepare(data.replace({"keep": 1})).input_titles == ("length",)
