"""The section on the functions: every function has its note, and its program prints what it should."""

from __future__ import annotations

import contextlib
import io

import pytest

from dlcore.training.activations import ACTIVATIONS
from ui.lessons.activations import SECTIONS
from ui.lessons.activations_functions import _CODE, NOTES, ROWS
from ui.lessons.activations_softmax import _CODE as SOFTMAX


def printed(program: str) -> str:
    said = io.StringIO()
    with contextlib.redirect_stdout(said):
        exec(compile(program, "lesson", "exec"), {})
    return said.getvalue()


def test_every_function_that_bends_is_there() -> None:
    bending = {row.name for row in ACTIVATIONS if row.hidden} - {"linear"}
    assert {row.name for row in ROWS} == set(NOTES) == bending
    assert len({section.name for section in SECTIONS}) == len(SECTIONS) == 6


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.name)
def test_the_program_of_each_function_runs(row: object) -> None:
    arguments = ", ".join(f"{name}={value}" for name, value in row.arguments.items())  # type: ignore[attr-defined]
    said = printed(_CODE.format(module=row.module, arguments=arguments))  # type: ignore[attr-defined]
    expected = {
        "sigmoid": ["z -2: f(z) 0.119, f'(z) 0.105", "z  0: f(z) 0.500, f'(z) 0.250"],
        "leaky_relu": ["z -2: f(z) -0.020, f'(z) 0.010", "z  2: f(z) 2.000, f'(z) 1.000"],
    }
    for line in expected.get(row.name, []):  # type: ignore[attr-defined]
        assert line in said
    assert said.count("f'(z)") == 5 and "saturated:" in said


def test_the_program_of_softmax_prints_its_comment() -> None:
    assert "0.6439" in printed(SOFTMAX)
