"""From a data spec to the numbers that a network sees: loaded, split, scaled, and placed on the plots' plane."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from datasets.dataset import Dataset
from datasets.drawn import drawn
from datasets.preprocess.recipe import Recipe, fit_recipe, rows_to_fit
from datasets.scaling import TITLES, Scaler, fit_scaler
from dlcore.networks.features import FEATURES, Feature
from dlcore.specs.data import DataSpec, DrawnData, GeneratedData, TableData, Task
from dlcore.specs.own_table import OwnTable
from dlcore.training.parts import parts_of
from dlcore.training.rows import find

PLANE = ((-6.0, 6.0), (-6.0, 6.0))  # the range of generated and drawn data
DRAWN_LEAST = 4  # points of each of two classes before drawn data can be learned from


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class Prepared:
    """Data ready to learn from.

    `x_*` (n, d) float32 are the network's inputs. `y_*` (n,) are class numbers (int64) or values (float32; those of a
    table standardised by `target_scaler`). `points_*` (n, 2) float32 are the samples' places on the plots: x1 and x2,
    or the two axes' features in the units of the network's inputs, which the axes' titles name.
    """

    dataset: Dataset  # all samples, in their own units
    train: np.ndarray  # row numbers of the training part
    test: np.ndarray
    x_train: np.ndarray
    y_train: np.ndarray
    x_test: np.ndarray
    y_test: np.ndarray
    points_train: np.ndarray
    points_test: np.ndarray
    input_titles: tuple[str, ...]
    axes: tuple[str, str]  # titles of the plots' axes
    axis_range: tuple[tuple[float, float], tuple[float, float]]
    planar: bool  # a place on the plane determines all inputs; otherwise plots are a slice
    target_range: tuple[float, float]  # of the values to predict, as in `y_*`; (0, 1) for classes
    scaler: Scaler | None  # from a table's own units to the inputs; None on the plane
    target_scaler: Scaler | None  # from the target's own units to `y_*`; None where they are the same
    features: tuple[Feature, ...]  # what is computed from x1 and x2; empty for tables
    columns: tuple[int, ...]  # which inputs are on the axes; empty on the plane
    rest: np.ndarray  # (d,) float32: the mean of the inputs over the training part

    @property
    def task(self) -> Task:
        """What is to be learned."""
        return self.dataset.task

    @property
    def classes(self) -> tuple[str, ...]:
        """The classes' names; empty for regression."""
        return self.dataset.classes

    def inputs_at(self, grid: np.ndarray) -> np.ndarray:
        """The network's inputs (m, d) float32 at places (m, 2) of the plots' plane.

        Inputs of a table that are not on the axes are held at their mean over the training part.
        """
        if self.features:
            return _plane_inputs(self.features, grid)
        inputs = np.tile(self.rest, (len(grid), 1))
        for axis, column in enumerate(self.columns):
            inputs[:, column] = grid[:, axis]
        return inputs


def load_data(data: DataSpec) -> Dataset:
    """All samples that a data spec asks for, in their own units, with the chosen features only.

    Those of a learner's own table are its columns: gaps are NaN, categories numbers.
    """
    if isinstance(data, GeneratedData):
        return data.load()
    if isinstance(data, DrawnData):
        return drawn([(point.x1, point.x2, point.label) for point in data.points])
    if isinstance(data, OwnTable):
        return data.load()
    table = data.card.load()
    chosen = [table.features.index(name) for name in data.inputs]
    return Dataset(
        inputs=table.inputs[:, chosen],
        targets=table.targets,
        features=data.inputs,
        target=table.target,
        classes=table.classes,
    )


def prepare(data: DataSpec, features: tuple[str, ...] = ("x1", "x2")) -> Prepared:
    """Load, split and scale the data of an experiment; `features` are computed from x1 and x2 and unused for tables.

    Everything that is fitted (scaling, means) is fitted to the training part alone.

    Raises: ValueError: there is too little data to learn from and test on, with what is missing.
    """
    dataset = load_data(data)
    if isinstance(data, DrawnData):
        _require_points(dataset)
    train, test = parts_of(data, dataset)
    if isinstance(data, TableData):
        scaler = fit_scaler(data.scaling, dataset.inputs[train])
        return _table(data, dataset, train, test, scaler.apply(dataset.inputs), scaler)
    if isinstance(data, OwnTable):
        recipe = recipe_of(data, dataset, train, test)
        numeric = data.plan.numeric[recipe.chosen]
        return _table(data, dataset, train, test, recipe.apply(dataset.inputs), recipe.scaler, recipe.titles, numeric)
    return _plane(dataset, train, test, features)


def recipe_of(data: OwnTable, dataset: Dataset, train: np.ndarray, test: np.ndarray) -> Recipe:
    """How a learner's own table is prepared, measured on the training part, or on everything where that is asked for.

    Raises: ValueError: a column has no known value there.
    """
    rows = rows_to_fit(train, test, leak=data.leak)
    return fit_recipe(data.plan, dataset.inputs[rows], dataset.targets[rows], classes=bool(dataset.classes))


def _plane(dataset: Dataset, train: np.ndarray, test: np.ndarray, names: tuple[str, ...]) -> Prepared:
    features = tuple(find(FEATURES, name, "features") for name in names)
    x_train = _plane_inputs(features, dataset.inputs[train])
    targets = dataset.targets if dataset.classes else dataset.targets.astype(np.float32)
    return Prepared(
        dataset=dataset,
        train=train,
        test=test,
        x_train=x_train,
        y_train=targets[train],
        x_test=_plane_inputs(features, dataset.inputs[test]),
        y_test=targets[test],
        points_train=dataset.inputs[train].astype(np.float32),
        points_test=dataset.inputs[test].astype(np.float32),
        input_titles=tuple(feature.title for feature in features),
        axes=("x₁", "x₂"),
        axis_range=PLANE,
        planar=True,
        target_range=(0.0, 1.0) if dataset.classes else (-1.0, 1.0),
        scaler=None,
        target_scaler=None,
        features=features,
        columns=(),
        rest=x_train.mean(axis=0),
    )


def _table(
    data: TableData | OwnTable,
    dataset: Dataset,
    train: np.ndarray,
    test: np.ndarray,
    scaled: np.ndarray,
    scaler: Scaler,
    names: tuple[str, ...] | None = None,
    numeric: np.ndarray | None = None,  # which inputs are scaled; None: all
) -> Prepared:
    inputs, names = scaled.astype(np.float32), names or data.inputs
    targets, target_scaler = dataset.targets, None
    if not dataset.classes:
        target_scaler = fit_scaler("standard", targets[train, None])
        targets = target_scaler.apply(targets).astype(np.float32)
    columns = tuple(data.inputs.index(name) for name in data.axes or data.inputs[:2])
    scales = np.ones(len(names), dtype=bool) if numeric is None else numeric
    titles = [f"{names[column]}, {TITLES[data.scaling]}" if scales[column] else names[column] for column in columns]
    points = inputs[:, columns]
    if len(columns) == 1:  # a single input leaves the second axis empty
        titles.append("(no second input)")
        points = np.column_stack([points, np.zeros(len(points), dtype=np.float32)])
    return Prepared(
        dataset=dataset,
        train=train,
        test=test,
        x_train=inputs[train],
        y_train=targets[train],
        x_test=inputs[test],
        y_test=targets[test],
        points_train=points[train],
        points_test=points[test],
        input_titles=names,
        axes=(titles[0], titles[1]),
        axis_range=(_range(points[:, 0]), _range(points[:, 1])),
        planar=len(data.inputs) <= 2,
        target_range=(0.0, 1.0) if dataset.classes else (float(targets.min()), float(targets.max())),
        scaler=scaler,
        target_scaler=target_scaler,
        features=(),
        columns=columns,
        rest=inputs[train].mean(axis=0),
    )


def _plane_inputs(features: tuple[Feature, ...], places: np.ndarray) -> np.ndarray:
    x1, x2 = places.astype(np.float64).T
    return np.column_stack([feature.compute(x1, x2) for feature in features]).astype(np.float32)


def _range(values: np.ndarray) -> tuple[float, float]:
    low, high = float(values.min()), float(values.max())
    margin = 0.05 * (high - low) if high > low else 1.0  # no point lies on the frame
    return low - margin, high + margin


def _require_points(dataset: Dataset) -> None:
    counts = np.bincount(dataset.targets, minlength=len(dataset.classes))
    if (counts >= DRAWN_LEAST).sum() < 2:
        drawn_so_far = ", ".join(f"{count} of {name}" for name, count in zip(dataset.classes, counts, strict=True))
        raise ValueError(f"Draw at least {DRAWN_LEAST} points of each of two classes; there are {drawn_so_far} so far")
