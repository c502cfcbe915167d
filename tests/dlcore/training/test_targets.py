from __future__ import annotations

import numpy as np
import pytest
import torch

from dlcore.specs.supervised import Supervised
from dlcore.training.targets import decode, encode


def _spec(data: str, loss: str, output: str = "auto") -> Supervised:
    return Supervised.parse(
        {"data": {"kind": "generated", "name": data}, "training": {"loss": loss}, "network": {"output": output}}
    )


BINARY, THREE = np.array([0, 1, 1]), np.array([2, 0, 1])


@pytest.mark.parametrize(
    ("spec", "y", "expected", "dtype"),
    [
        (_spec("plane", "mse"), np.array([0.5, -2.0, 1.0]), [[0.5], [-2.0], [1.0]], torch.float32),
        (_spec("circle", "bce"), BINARY, [[0.0], [1.0], [1.0]], torch.float32),
        (_spec("circle", "mse"), BINARY, [[-1.0], [1.0], [1.0]], torch.float32),
        (_spec("circle", "mae", "linear"), BINARY, [[-1.0], [1.0], [1.0]], torch.float32),
        (_spec("circle", "huber", "sigmoid"), BINARY, [[0.0], [1.0], [1.0]], torch.float32),
        (_spec("circle", "cross_entropy"), BINARY, [0, 1, 1], torch.int64),
        (_spec("rings", "cross_entropy"), THREE, [2, 0, 1], torch.int64),
        (_spec("rings", "mse"), THREE, [[0.0, 0.0, 1.0], [1.0, 0.0, 0.0], [0.0, 1.0, 0.0]], torch.float32),
    ],
)
def test_encode(spec: Supervised, y: np.ndarray, expected: list[object], dtype: torch.dtype) -> None:
    targets = encode(y, spec)
    assert targets.tolist() == expected
    assert targets.dtype == dtype


@pytest.mark.parametrize(
    ("spec", "outputs", "expected"),
    [
        (_spec("circle", "bce"), [[-0.1], [0.1]], [0, 1]),
        (_spec("circle", "mse"), [[-0.1], [0.1]], [0, 1]),
        (_spec("circle", "mse", "sigmoid"), [[0.4], [0.6]], [0, 1]),
        (_spec("circle", "cross_entropy"), [[1.0, -1.0], [0.0, 0.1]], [0, 1]),
        (_spec("rings", "cross_entropy"), [[0.0, 1.0, 2.0], [3.0, 1.0, 2.0]], [2, 0]),
    ],
)
def test_decode(spec: Supervised, outputs: list[list[float]], expected: list[int]) -> None:
    assert decode(torch.tensor(outputs), spec).tolist() == expected


@pytest.mark.parametrize("loss", ["bce", "mse", "mae", "huber", "cross_entropy"])
def test_perfect_outputs_decode_to_the_classes(loss: str) -> None:
    spec = _spec("circle", loss)
    targets = encode(BINARY, spec)
    outputs = targets - 0.5 if loss == "bce" else targets
    if loss == "cross_entropy":
        outputs = torch.nn.functional.one_hot(targets, 2).float()
    assert decode(outputs, spec).tolist() == BINARY.tolist()


def test_regression_has_no_classes() -> None:
    with pytest.raises(ValueError, match="decode: a regression predicts numbers"):
        decode(torch.zeros(2, 1), _spec("plane", "mse"))
