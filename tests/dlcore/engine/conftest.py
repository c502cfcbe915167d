"""Engines for tests: with a toy lab instead of a real one, and gone after each test."""

import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from dlcore.engine.local import LocalEngine

HERE = str(Path(__file__).parent)
if HERE not in sys.path:
    sys.path.append(HERE)  # workers inherit it and find `toy` there


@pytest.fixture
def open_engine() -> Iterator[Callable[..., LocalEngine]]:
    opened: list[LocalEngine] = []

    def make(workers: int = 1, **options: object) -> LocalEngine:
        engine = LocalEngine(workers, **{"make_lab": "toy:make_lab", **options})  # type: ignore[arg-type]
        opened.append(engine)
        engine.open()
        assert engine.wait(120)
        return engine

    yield make
    for engine in opened:
        engine.close()


@pytest.fixture
def engine(open_engine: Callable[..., LocalEngine]) -> LocalEngine:
    return open_engine()
