from typing import Any

import numpy as np
import pytest
from sklearn.compose import ColumnTransformer
from sklearn.impute import SimpleImputer
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import MinMaxScaler, OneHotEncoder, RobustScaler, StandardScaler

from datasets.preprocess.recipe import Plan, Recipe, category_counts, fit_recipe, rows_to_fit
from datasets.scaling import Kind

SCALERS = {"standard": StandardScaler, "minmax": MinMaxScaler, "robust": RobustScaler}
PLAN = Plan(names=("size", "colour", "age"), categories=((), ("blue", "green", "red"), ()))


def rows(count: int, seed: int) -> np.ndarray:
    rng = np.random.default_rng(seed)
    x = np.column_stack([rng.normal(50, 9, count), rng.integers(0, 3, count), rng.exponential(3, count)])
    x[rng.random(x.shape) < 0.2] = np.nan
    return x


def numbers_of(recipe: Recipe) -> list[Any]:
    fitted = [recipe.filler.values, recipe.chosen, recipe.scaler.shift, recipe.scaler.scale]
    return [*map(np.ndarray.tolist, fitted), [None if seen is None else seen.tolist() for seen in recipe.one_hot.seen]]


@pytest.mark.parametrize("scaling", SCALERS)
def test_the_whole_recipe_agrees_with_a_pipeline_of_scikit_learn(scaling: Kind) -> None:
    train, test = rows(80, 0), rows(40, 1)
    numbers = make_pipeline(SimpleImputer(strategy="mean"), SCALERS[scaling]())
    words = make_pipeline(SimpleImputer(strategy="most_frequent"), OneHotEncoder(sparse_output=False))
    pipeline = ColumnTransformer([("words", words, [1]), ("numbers", numbers, [0, 2])]).fit(train)
    plan = Plan(names=PLAN.names, categories=PLAN.categories, scaling=scaling)
    ours = fit_recipe(plan, train, np.zeros(80), classes=False).apply(test)
    assert np.allclose(ours[:, [1, 2, 3, 0, 4]], pipeline.transform(test))
    assert plan.encoded == ("size", "colour = blue", "colour = green", "colour = red", "age")
    assert category_counts(plan.categories) == [1, 3, 1]


@pytest.mark.parametrize("missing", ["mean", "most_frequent"])
@pytest.mark.parametrize("scaling", [*SCALERS, "none"])
@pytest.mark.parametrize("keep", [None, 2])
def test_nothing_leaks_from_the_test_part(missing: Any, scaling: Kind, keep: int | None) -> None:
    plan = Plan(names=PLAN.names, categories=PLAN.categories, missing=missing, scaling=scaling, keep=keep)
    x, y = rows(60, 2), np.random.default_rng(3).integers(0, 2, 60)
    train, test = np.arange(40), np.arange(40, 60)
    other, turned = x.copy(), y.copy()
    other[test] = 1e6  # whatever the test rows hold, and whatever their answers are
    other[test, 1] = 0
    turned[test] = 1 - turned[test]
    honest = rows_to_fit(train, test, leak=False)
    before = fit_recipe(plan, x[honest], y[honest], classes=True)
    after = fit_recipe(plan, other[honest], turned[honest], classes=True)
    assert numbers_of(before) == numbers_of(after)
    assert np.array_equal(before.apply(x[train]), after.apply(other[train]))
    everything = rows_to_fit(train, test, leak=True)
    leaky = fit_recipe(plan, x[everything], y[everything], classes=True)
    leaked = fit_recipe(plan, other[everything], turned[everything], classes=True)
    assert numbers_of(leaky) != numbers_of(leaked), "the leak lets the test rows in, or this test could not fail"


def test_titles_follow_the_choice() -> None:
    x = np.array([[1.0, 0.0, 5.0], [2.0, 1.0, 5.0], [3.0, 2.0, 5.0], [4.0, 2.0, 6.0]])
    plan = Plan(names=PLAN.names, categories=PLAN.categories, keep=2, scaling="minmax")
    recipe = fit_recipe(plan, x, np.array([0, 0, 1, 1]), classes=True)
    assert recipe.titles == ("size", "colour = red")
    assert recipe.encode(x).tolist() == [[1, 0], [2, 0], [3, 1], [4, 1]]
    assert np.allclose(recipe.apply(x), [[0, 0], [1 / 3, 0], [2 / 3, 1], [1, 1]]), "0 and 1 stay as they are"
