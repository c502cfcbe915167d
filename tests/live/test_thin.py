"""Fewer points of a curve, without losing its spikes."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

pytestmark = pytest.mark.browser
Module = Callable[..., Any]


def test_thinning_keeps_ends_and_spikes(module: Module) -> None:
    rng = np.random.default_rng(0)
    one, two = rng.normal(0, 1, 5000), rng.normal(0, 1, 5000)
    one[1234], two[3210], one[777] = 50.0, -60.0, np.nan
    script = "[...m.thin(a.map((c) => Float64Array.from(c, (v) => v ?? NaN)), a[0].length, 1000)]"
    columns = [[None if np.isnan(v) else v for v in column.tolist()] for column in (one, two)]
    rows = module("thin.js", script, columns)
    assert rows == sorted(set(rows)) and rows[0] == 0 and rows[-1] == 4999
    assert {1234, 3210} <= set(rows) and 777 not in rows
    assert 500 < len(rows) <= 1000
    assert module("thin.js", "[...m.thin([a], a.length, 1000)]", list(range(7))) == list(range(7))
