from types import SimpleNamespace
from typing import Any

import pytest

from dlcore.engine.placement import for_a_question, for_a_run

KINDS = {
    "trains": {"training": True, "expected": True},
    "open": {"training": False, "expected": True},
    "left": {"training": False, "expected": False},
}


def runs(*workers: tuple[str, ...]) -> list[Any]:
    """What each worker has, by kind."""
    return [SimpleNamespace(home=home, **KINDS[kind]) for home, kinds in enumerate(workers) for kind in kinds]


@pytest.mark.parametrize(
    ("workers", "asked", "run", "question"),
    [
        (((), ()), [], 0, 0),
        ((("left",), ()), [], 1, 1),
        ((("trains",), ("left", "left")), [], 1, 1),
        ((("trains", "trains"), ("open", "open", "open")), [], 0, 1),  # those who are about to train count for a run
        ((("trains", "open"), ("open", "open")), [], 1, 1),  # as many; those that train now decide
        ((("trains", "left"), ("trains",)), [], 1, 1),
        ((("trains",), ()), [1], 1, 1),  # a question counts like a run that trains, and one that is there takes room
        ((("trains",), ()), [1, 1], 0, 0),
    ],
)
def test_it_goes_where_there_is_least_to_do(
    workers: tuple[tuple[str, ...], ...], asked: list[int], run: int, question: int
) -> None:
    there = runs(*workers)
    assert (for_a_run(2, there, asked), for_a_question(2, there, asked)) == (run, question)
