"""Both programs, run, print the numbers of the trace."""

from __future__ import annotations

import ast
import contextlib
import io
import re
from collections.abc import Callable

import pytest
import torch
from hypothesis import HealthCheck, given, settings

from dlcore.explain.backprop_trace import trace, updated
from dlcore.export.backprop import as_plain_python, as_pytorch
from dlcore.specs.traced import WORKED, Traced
from tests.dlcore.explain.traced_networks import traced


def printed(program: str) -> list[float]:
    """All numbers that a program prints: the loss, then new weights and biases layer by layer."""
    said = io.StringIO()
    usual = torch.get_default_dtype()
    try:
        with contextlib.redirect_stdout(said):
            exec(compile(program, "program", "exec"), {"__name__": "__main__"})
    finally:
        torch.set_default_dtype(usual)
    first, *lines = said.getvalue().splitlines()
    numbers = [float(first.removeprefix("loss "))]
    for line in lines:
        for found in re.findall(r"(?:weights|biases) (\[.*?\](?=, new|$))", line):
            numbers += torch.tensor(ast.literal_eval(found), dtype=torch.float64).flatten().tolist()
    return numbers


def expected(spec: Traced) -> list[float]:
    numbers = [trace(spec)["nodes"]["loss"]["value"]]
    for layer in updated(spec).layers:
        numbers += [w for row in layer.weights for w in row] + list(layer.biases)
    return numbers


@pytest.mark.parametrize("write", [as_plain_python, as_pytorch])
def test_the_worked_example(write: Callable[[Traced], str]) -> None:
    assert [round(number, 4) for number in printed(write(WORKED))] == [
        *(0.0578, 0.5272, 0.8272, 0.1136, -0.2864),
        *(0.4374, 0.4442, 0.234),
    ]


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(traced())
def test_any_network(spec: Traced) -> None:
    for write in (as_plain_python, as_pytorch):
        assert printed(write(spec)) == pytest.approx(expected(spec), rel=1e-11, abs=1e-13), write.__name__


def test_no_line_is_too_long_to_read() -> None:
    for program in (as_plain_python(WORKED), as_pytorch(WORKED)):
        assert max(map(len, program.splitlines())) <= 120, program
