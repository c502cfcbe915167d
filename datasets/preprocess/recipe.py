"""All steps that make a network's inputs out of a table, fitted to some rows and applied to any."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from datasets.preprocess.categories import OneHot, fit_one_hot
from datasets.preprocess.missing import Filler, Missing, fit_filler
from datasets.preprocess.selection import fit_selection
from datasets.scaling import Kind, Scaler, fit_scaler


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """What is done to a table: gaps, then one-hot, then a choice of inputs (None: all), then scaling of the numbers.

    `names` are the table's columns, `categories` their categories, none for a column of numbers.
    """

    names: tuple[str, ...]
    categories: tuple[tuple[str, ...], ...]
    missing: Missing = "mean"
    keep: int | None = None
    scaling: Kind = "standard"

    @property
    def encoded(self) -> tuple[str, ...]:
        """The titles of the columns after one-hot: `age`, `island = Dream`."""
        return tuple(
            title
            for name, words in zip(self.names, self.categories, strict=True)
            for title in ([f"{name} = {word}" for word in words] if words else [name])
        )

    @property
    def numeric(self) -> np.ndarray:
        """Which columns after one-hot are numbers of the table's own, (width,) bool; the others are 0 or 1."""
        return np.array([not words for words in self.categories for _ in (words or ("",))])


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class Recipe:
    """The steps with what was measured for them."""

    plan: Plan
    filler: Filler
    one_hot: OneHot
    chosen: np.ndarray  # numbers of the columns that are kept after one-hot
    scaler: Scaler  # of the chosen columns; those of categories stay 0 and 1

    @property
    def titles(self) -> tuple[str, ...]:
        """The names of the network's inputs."""
        encoded = self.plan.encoded
        return tuple(encoded[column] for column in self.chosen)

    def encode(self, x: np.ndarray) -> np.ndarray:
        """Rows of the table (n, d) in units of their own, without gaps: filled, one-hot, chosen."""
        return np.take(self.one_hot.apply(self.filler.apply(x)), self.chosen, axis=1)

    def apply(self, x: np.ndarray) -> np.ndarray:
        """Rows of the table (n, d) → the network's inputs (n, width)."""
        return self.scaler.apply(self.encode(x))


def fit_recipe(plan: Plan, x: np.ndarray, y: np.ndarray, *, classes: bool) -> Recipe:
    """Measure what the steps need on rows `x` (n, d) with targets `y` (n,), which should be the training part alone.

    Raises: ValueError: a column has no known value here, or fewer inputs than are to be kept.
    """
    is_category = [bool(words) for words in plan.categories]
    filler = fit_filler(plan.missing, x, plan.names, is_category)
    filled = filler.apply(x)
    one_hot = fit_one_hot(filled, [len(words) for words in plan.categories])
    encoded = one_hot.apply(filled)
    width = encoded.shape[1]
    chosen = np.arange(width) if plan.keep is None else fit_selection(encoded, y, plan.keep, classes=classes)
    scaler = fit_scaler(plan.scaling, np.take(encoded, chosen, axis=1))
    numeric = plan.numeric[chosen]
    scaler = Scaler(shift=np.where(numeric, scaler.shift, 0.0), scale=np.where(numeric, scaler.scale, 1.0))
    return Recipe(plan=plan, filler=filler, one_hot=one_hot, chosen=chosen, scaler=scaler)


def rows_to_fit(train: np.ndarray, test: np.ndarray, *, leak: bool) -> np.ndarray:
    """The rows that a recipe is fitted to: the training part; with the leak, which is a mistake to learn from, all."""
    return np.concatenate([train, test]) if leak else train


def category_counts(categories: Sequence[Sequence[str]]) -> list[int]:
    """How many inputs each column becomes."""
    return [len(words) or 1 for words in categories]
