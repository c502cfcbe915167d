"""Numbers for people: three digits, a unit that fits."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

pytestmark = pytest.mark.browser
Module = Callable[..., Any]


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (0, "0"), (1234567.8, "1,234,568"), (0.123456, "0.123"), (-0.5, "−0.500"), (12.345, "12.3"), (1e-7, "1.00e−7"),
        (2.5e12, "2.50e12"), (999.6, "1,000"), (None, "–"),
    ],
)  # fmt: skip
def test_numbers_have_three_significant_digits(module: Module, value: float | None, text: str) -> None:
    assert module("format.js", "m.number(a)", value) == text


@pytest.mark.parametrize(
    ("updates", "epoch", "text"),
    [(2100, 25, "84 epochs/s"), (3.2, 25, "3.2 updates/s"), (1, 25, "1 update/s"), (25, 25, "1 epoch/s"), (0, 25, "")],
)
def test_rates_choose_their_unit(module: Module, updates: float, epoch: int, text: str) -> None:
    assert module("format.js", f"m.rate(a, {epoch})", updates) == text


@pytest.mark.parametrize(
    ("updates", "others", "text"),
    [
        (750, 28, "28 others are training; 30 epochs/s"), (750, 1, "1 other is training; 30 epochs/s"),
        (750, 0, "30 epochs/s"), (750, None, "30 epochs/s"), (0, 28, ""),
    ],
)  # fmt: skip
def test_company_is_told_before_the_rate(module: Module, updates: float, others: int | None, text: str) -> None:
    assert module("format.js", f"m.pace(a, 25, {'null' if others is None else others})", updates) == text
