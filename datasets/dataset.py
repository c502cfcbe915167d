"""What every data set is: a table of numbers with targets, and a card that says where it comes from."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

import numpy as np


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class Dataset:
    """Samples in their own units, in a fixed order.

    `inputs` (n, d) float64. `targets` (n,): class numbers 0 … C-1 (int64) for classification, values (float64) for
    regression.
    """

    inputs: np.ndarray
    targets: np.ndarray
    features: tuple[str, ...]
    target: str
    classes: tuple[str, ...] = ()  # empty for regression

    @property
    def task(self) -> Literal["regression", "binary", "multiclass"]:
        """What is to be learned; it decides which losses make sense."""
        return "regression" if not self.classes else "binary" if len(self.classes) == 2 else "multiclass"


@dataclass(frozen=True, slots=True, kw_only=True)
class Card:
    """What a learner should know about a data set before using it; the registry is a tuple of these.

    `load` gives the data set: for a generated one `load(samples=, noise=, seed=)`, for a shipped one `load()`.
    """

    name: str
    title: str
    kind: Literal["generated", "table"]
    summary: str
    features: tuple[str, ...]
    target: str
    load: Callable[..., Dataset]
    classes: tuple[str, ...] = ()
    samples: int | None = None  # rows of a shipped table, after incomplete ones are dropped
    source: str = ""
    licence: str = ""
    flaws: str = ""

    @property
    def task(self) -> Literal["regression", "binary", "multiclass"]:
        """What is to be learned; it decides which losses make sense."""
        return "regression" if not self.classes else "binary" if len(self.classes) == 2 else "multiclass"
