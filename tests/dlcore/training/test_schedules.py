"""Every schedule against numbers worked out by hand."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dlcore.training.schedules import SCHEDULES, Schedule, constant, cosine, step, warm_up


def test_rows_pair_names_formulas_and_functions() -> None:
    assert {row.name: (row.formula, row.factor) for row in SCHEDULES} == {
        "constant": (r"\eta", constant),
        "step": (r"\eta\,d^{\lfloor t/k\rfloor}", step),
        "cosine": (r"\tfrac{\eta}{2}\left(1+\cos\tfrac{\pi t}{T}\right)", cosine),
        "warm_up": (r"\eta\min\left(\tfrac{t+0.01}{T},1\right)", warm_up),
    }


@pytest.mark.parametrize("epoch", [0.0, 0.5, 1e5])
def test_constant(epoch: float) -> None:
    assert constant(epoch) == 1


@pytest.mark.parametrize(("epoch", "factor"), [(0, 1), (9.99, 1), (10, 0.5), (25, 0.25), (30, 0.125)])
def test_step_halves_every_ten_epochs(epoch: float, factor: float) -> None:
    assert step(epoch, every=10.0, decay=0.5) == factor


@pytest.mark.parametrize(
    ("epoch", "factor"),
    [(0, 1), (50 / 3, (1 + math.sqrt(3) / 2) / 2), (50, 0.5), (200 / 3, 0.25), (100, 0), (150, 0)],
)
def test_cosine_over_a_hundred_epochs(epoch: float, factor: float) -> None:
    assert cosine(epoch, epochs=100.0) == pytest.approx(factor, abs=1e-12)


@pytest.mark.parametrize(("epoch", "factor"), [(0, 0.001), (4.99, 0.5), (9.99, 1), (10, 1), (1000, 1)])
def test_warm_up_over_ten_epochs(epoch: float, factor: float) -> None:
    assert warm_up(epoch, epochs=10.0) == pytest.approx(factor)


@given(epoch=st.floats(0, 1e5), row=st.sampled_from(SCHEDULES))
def test_factors_stay_between_0_and_1(epoch: float, row: Schedule) -> None:
    assert 0 <= row.factor(epoch, **dict(row.settings)) <= 1
