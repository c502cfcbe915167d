"""What every data set is: numbers or images with targets, and a card that says where it comes from."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

import numpy as np

from datasets.raw import RawTable


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class Dataset:
    """Samples in their own units, in a fixed order.

    `inputs` (n, d) float64, or float32: images (n, channels, height, width) from 0 (black) to 1 (white), or series
    (n, channels, steps). `targets` (n,):
    class numbers 0 … C-1 (int64) for classification, values (float64) for regression. `held_out` (n,) bool: the samples
    that are for testing alone, where the source decides it; None leaves it to the split. `order` (n,): when each sample
    was taken, in any unit, where that is known.
    """

    inputs: np.ndarray
    targets: np.ndarray
    features: tuple[str, ...]
    target: str
    classes: tuple[str, ...] = ()  # empty for regression
    held_out: np.ndarray | None = None
    order: np.ndarray | None = None

    @property
    def task(self) -> Literal["regression", "binary", "multiclass"]:
        """What is to be learned; it decides which losses make sense."""
        return "regression" if not self.classes else "binary" if len(self.classes) == 2 else "multiclass"


@dataclass(frozen=True, slots=True, kw_only=True)
class Card:
    """What a learner should know about a data set before using it; the registry is a tuple of these.

    `load` gives the data set: for one that is made (`samples` is None) `load(samples=, noise=, seed=)`, for a shipped
    one `load()`. Images have a `shape`, (channels, height, width), and series (channels, steps); they have no features.
    """

    name: str
    title: str
    kind: Literal["generated", "table", "images", "series"]
    summary: str
    features: tuple[str, ...]
    target: str
    load: Callable[..., Dataset]
    classes: tuple[str, ...] = ()
    samples: int | None = None  # rows of a shipped set, after incomplete ones are dropped
    shape: tuple[int, ...] | None = None  # of an image or a series
    positives: float | None = None  # usual share of class 1, where `load` takes one: `load(…, positives=)`
    raw: Callable[[], RawTable] | None = None  # the file as it is, where that is more than `load` gives
    held_out: bool = False  # whether the set says itself what is for testing alone
    source: str = ""
    licence: str = ""
    flaws: str = ""

    @property
    def task(self) -> Literal["regression", "binary", "multiclass"]:
        """What is to be learned; it decides which losses make sense."""
        return "regression" if not self.classes else "binary" if len(self.classes) == 2 else "multiclass"

    @property
    def size(self) -> str:
        """How much there is and what a sample holds, as people read it."""
        if self.shape is not None:
            return f"{self._count}{self.kind} of {' × '.join(map(str, self.shape))}"
        return f"{self._count}{'rows' if self.samples else 'points'} of {len(self.features)} numbers"

    @property
    def _count(self) -> str:
        return f"{self.samples:,} " if self.samples else ""
