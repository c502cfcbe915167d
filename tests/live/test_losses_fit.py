"""The lines that the browser fits are the best ones: no minimiser of scipy and no line of sklearn finds better."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
from scipy.optimize import minimize
from sklearn.linear_model import LinearRegression, QuantileRegressor

from ui.lessons.losses_outliers import POINTS

pytestmark = pytest.mark.browser
Module = Callable[..., Any]
FAR = (*POINTS[:-1], (4.5, -4.5))
RANDOM = tuple(map(tuple, np.random.default_rng(4).uniform(-5, 5, (9, 2)).round(1).tolist()))


def huber(line: np.ndarray, points: np.ndarray) -> float:
    errors = np.abs(line[0] * points[:, 0] + line[1] - points[:, 1])
    return float(np.where(errors <= 1, errors**2 / 2, errors - 0.5).mean())


@pytest.mark.parametrize("points", [POINTS, FAR, RANDOM], ids=["near a line", "one far off", "anywhere"])
def test_no_line_is_better(module: Module, points: tuple[tuple[float, float], ...]) -> None:
    script = "['mse', 'mae', 'huber'].map((name) => [m.fit(name, a), m.meanLoss(name, a, m.fit(name, a))])"
    (squared, _), (absolute, distance), (hubers, loss) = module("losses-fit.js", script, [list(row) for row in points])
    data = np.array(points)
    x, y = data[:, :1], data[:, 1]
    least = LinearRegression().fit(x, y)
    np.testing.assert_allclose(squared, [least.coef_[0], least.intercept_], rtol=1e-9)
    median = QuantileRegressor(quantile=0.5, alpha=0.0, solver="highs").fit(x, y)
    assert distance == pytest.approx(np.abs(median.predict(x) - y).mean(), rel=1e-9)
    assert distance == pytest.approx(np.abs(absolute[0] * x[:, 0] + absolute[1] - y).mean(), rel=1e-12)
    best = minimize(huber, [0.0, 0.0], args=(data,), method="Nelder-Mead", options={"xatol": 1e-9, "fatol": 1e-13})
    assert loss == pytest.approx(huber(np.array(hubers), data), rel=1e-12) and loss <= best.fun + 1e-9


def test_the_outlier_pulls_the_squared_error_most(module: Module) -> None:
    slopes = [
        module("losses-fit.js", "['mse', 'mae', 'huber'].map((name) => m.fit(name, a)[0])", [list(row) for row in rows])
        for rows in (POINTS, FAR)
    ]
    moved = np.abs(np.subtract(*slopes))
    assert moved[0] > 3 * moved[2] and moved[0] > 3 * moved[1]


def test_points_above_one_another_have_no_best_line(module: Module) -> None:
    assert module(
        "losses-fit.js", "['mse', 'mae', 'huber'].map((name) => m.fit(name, a))", [[1, 2], [1, 3], [1, -4]]
    ) == [
        None,
        None,
        None,
    ]
