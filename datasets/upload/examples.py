"""Files for those who have none at hand; they go the way of any upload."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from datasets.shipped import read_rows

_ROWS, _COLUMNS = 60, 250


@dataclass(frozen=True, slots=True, kw_only=True)
class ExampleFile:
    """One file: its name, a line on what there is to learn from it, and its bytes when they are asked for."""

    name: str
    title: str
    summary: str
    make: Callable[[], bytes]


def penguins() -> bytes:
    """Penguins as they were written down: numbers, categories, gaps and a year; what to predict is up to you.

    Source: data/penguins.csv of the package palmerpenguins, all 344 rows.
    """
    return "\n".join(",".join(row) for row in read_rows("palmerpenguins", "data/penguins.csv")).encode()


def chance() -> bytes:
    """250 columns of random numbers, and an answer that was tossed with a coin: there is nothing to learn."""
    rng = np.random.default_rng(2)
    numbers = rng.normal(size=(_ROWS, _COLUMNS)).round(3)
    answers = np.array(["heads", "tails"])[rng.permutation(np.arange(_ROWS) % 2)]
    header = [*(f"noise {number}" for number in range(1, _COLUMNS + 1)), "answer"]
    lines = [[*map(str, row), answer] for row, answer in zip(numbers.tolist(), answers, strict=True)]
    return "\n".join(",".join(line) for line in [header, *lines]).encode()


EXAMPLE_FILES = (
    ExampleFile(
        name="penguins.csv",
        title="Penguins, as written down",
        summary="344 birds with gaps, islands and sexes: everything that has to be prepared.",
        make=penguins,
    ),
    ExampleFile(
        name="chance.csv",
        title="Pure chance",
        summary="250 columns of noise and a tossed coin: a leak finds what is not there.",
        make=chance,
    ),
)
