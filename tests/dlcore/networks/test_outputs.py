from __future__ import annotations

import pytest

from dlcore.networks.outputs import classes_of, encoding_of, on_logits, outputs_of
from dlcore.specs.supervised import Supervised

TWO = [{"x1": 0.0, "x2": 1.0, "label": 0}, {"x1": 1.0, "x2": 1.0, "label": 1}]
THREE = [*TWO, {"x1": 2.0, "x2": 1.0, "label": 2}]


@pytest.mark.parametrize(
    ("data", "loss", "output", "expected"),
    [
        ({"kind": "generated", "name": "plane"}, "mse", "auto", (0, "value", 1, False)),
        ({"kind": "generated", "name": "circle"}, "bce", "auto", (2, "bit", 1, True)),
        ({"kind": "generated", "name": "circle"}, "mse", "auto", (2, "sign", 1, False)),
        ({"kind": "generated", "name": "circle"}, "mae", "linear", (2, "sign", 1, False)),
        ({"kind": "generated", "name": "circle"}, "huber", "sigmoid", (2, "bit", 1, False)),
        ({"kind": "generated", "name": "circle"}, "cross_entropy", "auto", (2, "index", 2, True)),
        ({"kind": "generated", "name": "rings"}, "cross_entropy", "auto", (3, "index", 3, True)),
        ({"kind": "generated", "name": "rings"}, "mse", "auto", (3, "one_hot", 3, False)),
        ({"kind": "drawn", "points": TWO}, "bce", "auto", (2, "bit", 1, True)),
        ({"kind": "drawn", "points": THREE}, "cross_entropy", "auto", (3, "index", 3, True)),
    ],
)
def test_outputs(data: dict[str, object], loss: str, output: str, expected: tuple[object, ...]) -> None:
    spec = Supervised.parse({"data": data, "training": {"loss": loss}, "network": {"output": output}})
    assert (classes_of(spec), encoding_of(spec), outputs_of(spec), on_logits(spec)) == expected
