"""Networks to follow step by step: what is refused, and with which sentence."""

from __future__ import annotations

from typing import Any

import pytest

from dlcore.specs.spec import SpecError
from dlcore.specs.traced import WORKED, Traced

LAYER = {"weights": [[1.0, 2.0]], "biases": [0.0], "activation": "tanh"}


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"inputs": [1.0]}, "layers.0.weights: expected 1 a unit; received 2."),
        ({"target": [1.0, 2.0]}, "target: expected 1, one an output; received 2."),
        ({"layers.0.biases": [1.0, 2.0]}, "layers.0.biases: expected 1, one a unit; received 2."),
        ({"layers.0.weights": [[1.0, 2.0]] * 6}, "layers.0.weights: expected at most 5 items; received 6."),
        ({"layers.0.activation": "swish"}, "layers.0.activation: expected one of linear, sigmoid"),
        ({"loss": "hinge"}, "loss: expected one of half_squared, mse"),
        ({"loss": "bce"}, "layers.0.activation: with bce the output is sigmoid; received 'tanh'."),
        ({"learning_rate": 0.0}, "learning_rate: expected more than 0; received 0.0."),
        ({"layers.0.weights.0.1": 1e7}, "layers.0.weights.0.1: expected at most 100000; received 10000000.0."),
        ({"layers": [{**LAYER, "activation": "softmax"}, {"weights": [[1.0]], "biases": [0]}]}, "softmax is for the"),
        (
            {"layers.0.activation": "softmax", "target": [0.5], "loss": "cross_entropy"},
            "target: with cross_entropy expected a single 1",
        ),
        ({"layers.0.activation": "sigmoid", "target": [2.0], "loss": "bce"}, "target: with bce expected numbers from"),
    ],
)
def test_what_does_not_fit_is_refused_with_a_sentence(changes: dict[str, Any], sentence: str) -> None:
    values = Traced.parse({"inputs": [1.0, 2.0], "layers": [LAYER], "target": [0.5]}).as_dict()
    for path, value in changes.items():
        part: Any = values
        *parents, last = path.split(".")
        for name in parents:
            part = part[int(name) if isinstance(part, list) else name]
        part[int(last) if isinstance(part, list) else last] = value
    with pytest.raises(SpecError) as error:
        Traced.parse(values)
    assert sentence in str(error.value)


def test_one_number_at_a_time() -> None:
    changed = WORKED.with_number("weight/0/1/0", 3.0).with_number("bias/1/0", -1.0)
    changed = changed.with_number("input/0", 7.0).with_number("target/0", 0.0).with_number("learning_rate", 0.5)
    assert changed.layers[0].weights == ((0.5,), (3.0,)) and changed.layers[1].biases == (-1.0,)
    assert (changed.inputs, changed.target, changed.learning_rate) == ((7.0,), (0.0,), 0.5)
    assert WORKED.layers[0].weights == ((0.5,), (0.8,))


@pytest.mark.parametrize(
    ("name", "value"), [("weight/0/5/0", 1.0), ("bias/0", 1.0), ("x", 1.0), ("input/0", float("nan")), ("input/0", "a")]
)
def test_a_number_that_is_not_there_or_is_none(name: str, value: Any) -> None:
    with pytest.raises(SpecError):
        WORKED.with_number(name, value)


def test_units_and_scores() -> None:
    assert WORKED.units == (2, 1) and not WORKED.on_scores
    assert WORKED.replace({"layers.1.activation": "sigmoid", "loss": "bce", "target": [1.0]}).on_scores
