"""Which of the workers gets what comes next."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from dlcore.engine.run import Run


def for_a_run(workers: int, runs: Collection[Run], asked: Iterable[int]) -> int:
    """The number of the worker with the fewest runs that are `expected` to train; among equals, fewest that train.

    A class opens its pages first and plays afterwards: if only those counted that train, it would be shared out
    unevenly. `asked` holds the worker of every question that has no answer yet; one counts like such a run.
    """
    expected = Counter(run.home for run in runs if run.expected) + Counter(asked)
    training = Counter(run.home for run in runs if run.training)
    there = Counter(run.home for run in runs)
    return min(range(workers), key=lambda number: (expected[number], training[number], there[number]))


def for_a_question(workers: int, runs: Collection[Run], asked: Iterable[int]) -> int:
    """The number of the worker with the fewest runs that train and questions that wait; among equals, fewest runs."""
    training = Counter(run.home for run in runs if run.training) + Counter(asked)
    there = Counter(run.home for run in runs)
    return min(range(workers), key=lambda number: (training[number], there[number]))
