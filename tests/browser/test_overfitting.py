"""The page on under- and over-fitting: fitted in the browser as NumPy fits, cured in a race, by keyboard, with axe."""

from __future__ import annotations

import re
from collections.abc import Callable

import numpy as np
import pytest
from accessibility import violations
from learner import Learner
from numpy.polynomial import legendre

pytestmark = pytest.mark.browser
Visit = Callable[..., Learner]
PANEL = "document.querySelector('.llo').panel"


def test_a_polynomial_is_fitted_as_numpy_does_and_its_errors_are_split(visit: Visit) -> None:
    learner = visit("/overfitting?section=fit", height=900, lab=False)
    page = learner.page
    page.wait_for_function("getComputedStyle(document.querySelector('.llo') ?? document.body).visibility === 'visible' "
        "&& document.querySelector('.llo')?.panel.fit.xs")  # fmt: skip
    learner.predict("15 noisy points.", "The error on the points falls to 0; that on new points falls, then rises")
    page.get_by_role("button", name="Compare").first.click()
    page.get_by_text("Right. A polynomial of a higher degree").wait_for()
    page.get_by_role("slider", name="Degree", exact=True).first.focus()
    page.keyboard.press("End")
    page.get_by_text("as many coefficients as there are points").wait_for()
    points, train, new, fresh = (
        page.evaluate(f"{PANEL}.{name}") for name in ("points", "train", "validation", "fresh")
    )
    for degree in (0, 3, 9, 13):
        fitted = legendre.legfit(points["xs"], points["ys"], degree)
        for found, of in ((train, points), (new, fresh)):
            own = np.mean((legendre.legval(np.array(of["xs"]), fitted) - of["ys"]) ** 2)
            assert found[degree] == pytest.approx(own, rel=1e-6, abs=1e-12)
    assert violations(learner, ".llo") == []

    page.get_by_role("radio", name="Bias and variance").click()
    page.wait_for_function("document.querySelector('.llo')?.panel.found")
    rows = page.evaluate(f"{PANEL}.found.rows.map(({{ mean, ...row }}) => row)")
    curves = np.array(page.evaluate(f"{PANEL}.found.curves[4].map((values) => [...values])"))
    grid = np.array(page.evaluate(f"{PANEL}.found.grid"))
    row = rows[4]
    assert row["bias"] == pytest.approx(np.mean((curves.mean(0) - np.sin(np.pi * grid)) ** 2))
    assert row["variance"] == pytest.approx(curves.var(0).mean())
    for row in rows[:9]:
        assert abs(row["measured"] - row["sum"]) < 5 * row["spread"]
    assert rows[1]["bias"] > 10 * rows[5]["bias"] and rows[9]["variance"] > 3 * rows[1]["variance"]
    assert violations(learner, ".llo") == []


def test_a_cure_is_switched_on_and_trains_beside_the_plain_network(visit: Visit) -> None:
    learner = visit("/overfitting?section=cures", height=1000)
    page = learner.page
    page.get_by_text("Dropout ↻").click()
    learner.until("live.store.description.spec.variants[1].changes['training.dropout'] === 0.4 && live.store.frame")
    page.get_by_role("tab", name="Who is out").click()
    learner.play()
    page.get_by_text(re.compile(r"Update [\d,]+: \d+ of 320 activations out")).wait_for()
    learner.finish()
    out = [value for layer in (0, 1) for value in learner.array(f"dropout_1/mask/{layer}")]
    assert 0.25 < out.count(0) / len(out) < 0.55
    assert violations(learner, ".ll-tabs") == []
    page.get_by_text("What you saw, and why").click()
    page.get_by_text("All together").wait_for()
