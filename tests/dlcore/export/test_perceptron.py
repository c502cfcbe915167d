from __future__ import annotations

from typing import Any

import pytest

from dlcore.export.perceptron import as_program
from dlcore.specs.perceptron import Perceptron
from dlcore.specs.supervised import Supervised
from tests.dlcore.export.programs import lab_results, results_alone, results_here

SPECS: dict[str, dict[str, Any]] = {
    "separable": {"data": {"kind": "generated", "name": "gauss"}, "epochs": 50},
    "not separable": {"data": {"kind": "generated", "name": "xor", "samples": 90}, "learning_rate": 0.3, "epochs": 7},
    "table": {"data": {"kind": "table", "name": "breast-cancer"}, "epochs": 3, "seed": 2},
    "drawn": {
        "data": {
            "kind": "drawn",
            "points": [{"x1": i / 3, "x2": (i * 7 % 5) - 2.0, "label": i % 2} for i in range(18)],
        },
        "epochs": 5,
    },
}


@pytest.mark.parametrize("name", SPECS)
def test_prints_what_the_lab_gives(name: str) -> None:
    spec = Perceptron.parse(SPECS[name])
    program = as_program(spec)
    assert results_here(program) == lab_results(spec), program


@pytest.mark.slow  # in a process with PyTorch of its own
@pytest.mark.parametrize("name", SPECS)
def test_runs_alone_and_cleanly(name: str) -> None:
    spec = Perceptron.parse(SPECS[name])
    assert results_alone(as_program(spec)) == lab_results(spec)


def test_an_experiment_without_an_end_gets_one() -> None:
    assert "for epoch in range(100):  # in LayerLab" in as_program(Perceptron())


def test_another_spec_is_refused() -> None:
    with pytest.raises(ValueError, match="expected a perceptron's; received Supervised"):
        as_program(Supervised())
