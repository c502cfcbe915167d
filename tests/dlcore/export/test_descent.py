from __future__ import annotations

import contextlib
import io
from pathlib import Path
from typing import Any

import pytest

from dlcore.export.descent import as_program
from dlcore.labs.descent import DescentLab
from dlcore.specs.descent import Descent
from dlcore.specs.supervised import Supervised
from dlcore.training.surfaces import SURFACES
from tests.dlcore.export.programs import assert_no_unused_name, assert_written_without_pytorch


def spec_of(surface: str, **more: Any) -> Descent:
    row = next(row for row in SURFACES if row.name == surface)
    return Descent.parse({"surface": surface, "start": list(row.start), "steps": 60} | more)


def said(lab: DescentLab) -> list[str]:
    """What the program should print, by the lab."""
    while lab.finished() is None:
        lab.step()
    return [
        f"{ball.name}: diverged at step {ball.lost}"
        if ball.lost
        else f"{ball.name}: w = ({ball.trail[-1][0]!r}, {ball.trail[-1][1]!r}), "
        f"loss above the minimum {ball.heights[-1]!r}"
        for ball in lab.balls
    ]


def printed(spec: Descent) -> list[str]:
    text = io.StringIO()
    with contextlib.redirect_stdout(text):
        exec(compile(as_program(spec), "program", "exec"), {"__name__": "__main__"})
    return text.getvalue().splitlines()


@pytest.mark.parametrize("surface", [row.name for row in SURFACES])
def test_ends_where_the_lab_ends_to_the_last_bit(surface: str) -> None:
    # with the learning rates of the valley some leave the steep surfaces
    assert printed(spec_of(surface)) == said(DescentLab(spec_of(surface)))


def test_uses_all_that_it_imports_and_needs_no_pytorch_to_be_written(tmp_path: Path) -> None:
    assert_no_unused_name([as_program(spec_of(row.name)) for row in SURFACES], tmp_path)
    assert_written_without_pytorch(Descent())


def test_another_spec_is_refused() -> None:
    with pytest.raises(ValueError, match="expected one of balls on a surface; received Supervised"):
        as_program(Supervised())
