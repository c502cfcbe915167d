"""Input features of the plane: what a network may see of a point (x1, x2)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np


@dataclass(frozen=True, slots=True, kw_only=True)
class Feature:
    """One feature: `compute(x1, x2)` element by element; `code` is the same as Python text."""

    name: str
    title: str
    code: str
    compute: Callable[[np.ndarray, np.ndarray], np.ndarray]


FEATURES = (
    Feature(name="x1", title="x₁", code="x1", compute=lambda x1, x2: x1),
    Feature(name="x2", title="x₂", code="x2", compute=lambda x1, x2: x2),
    Feature(name="x1_squared", title="x₁²", code="x1 ** 2", compute=lambda x1, x2: x1**2),
    Feature(name="x2_squared", title="x₂²", code="x2 ** 2", compute=lambda x1, x2: x2**2),
    Feature(name="x1_x2", title="x₁x₂", code="x1 * x2", compute=lambda x1, x2: x1 * x2),
    Feature(name="sin_x1", title="sin x₁", code="np.sin(x1)", compute=lambda x1, x2: np.sin(x1)),
    Feature(name="sin_x2", title="sin x₂", code="np.sin(x2)", compute=lambda x1, x2: np.sin(x2)),
)
