"""The losses that the browser computes are those of PyTorch, values and derivatives."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

import numpy as np
import pytest
import torch
from torch.nn import functional as F

pytestmark = pytest.mark.browser
Module = Callable[..., Any]
SCORES = [-30.0, -8.0, -2.5, -0.5, 0.0, 0.75, 3.0, 12.0, 40.0]


def slope(loss: Callable[[torch.Tensor], torch.Tensor], at: float) -> tuple[float, float]:
    z = torch.tensor(at, dtype=torch.float64, requires_grad=True)
    value = loss(z)
    value.backward()
    assert z.grad is not None
    return value.item(), z.grad.item()


def test_losses_of_numbers(module: Module) -> None:
    y, predictions = 0.5, [-3.0, -0.75, 0.25, 1.25, 1.75, 4.0]
    said = module(
        "losses-maths.js", "m.OF_NUMBERS.map((row) => [row.code, a[1].map((x) => [row.f(x, a[0]), row.d(x, a[0])])])",
        [y, predictions],
    )  # fmt: skip
    assert [code for code, _ in said] == ["mse_loss", "l1_loss", "huber_loss"]
    for code, rows in said:
        loss = partial(getattr(F, code), target=torch.tensor(y, dtype=torch.float64))
        want = [slope(loss, at) for at in predictions]
        np.testing.assert_allclose(rows, want, rtol=1e-12, err_msg=code)


def test_losses_of_scores_and_probabilities(module: Module) -> None:
    said = module("losses-maths.js", "m.OF_SCORES.map((row) => a.map((z) => [row.f(z), row.d(z)]))", SCORES)
    one = torch.tensor(1.0, dtype=torch.float64)
    losses = (
        lambda z: F.binary_cross_entropy_with_logits(z, one),
        lambda z: F.mse_loss(torch.sigmoid(z), one),
    )
    for rows, loss in zip(said, losses, strict=True):
        np.testing.assert_allclose(rows, [slope(loss, z) for z in SCORES], rtol=1e-9, atol=1e-16)
    shares = [0.001, 0.2, 0.5, 0.9, 0.999]
    said = module("losses-maths.js", "m.OF_SCORES.map((row) => a.map((p) => [row.ofP(p), row.dOfP(p)]))", shares)
    over_p = (lambda p: F.binary_cross_entropy(p, one), lambda p: F.mse_loss(p, one))
    for rows, loss in zip(said, over_p, strict=True):
        np.testing.assert_allclose(rows, [slope(loss, p) for p in shares], rtol=1e-9)


@pytest.mark.parametrize("scores", [[1.0, 2.5, -1.0], [0.0, 0.0, 0.0], [6.0, -6.0, 5.5], [800.0, 0.0, -800.0]])
def test_cross_entropy(module: Module, scores: list[float]) -> None:
    for right in range(3):
        said = module(
            "losses-maths.js",
            "[m.softmax(a[0]), m.crossEntropy(a[0], a[1]), m.crossEntropySlopes(a[0], a[1])]",
            [scores, right],
        )
        z = torch.tensor([scores], dtype=torch.float64, requires_grad=True)
        loss = F.cross_entropy(z, torch.tensor([right]))
        loss.backward()
        assert z.grad is not None
        np.testing.assert_allclose(said[0], torch.softmax(z, 1).tolist()[0], rtol=1e-12)
        assert said[1] == pytest.approx(loss.item(), rel=1e-12)
        np.testing.assert_allclose(said[2], z.grad.tolist()[0], rtol=1e-12, atol=1e-15)


def test_the_shaded_scores_are_wrong_and_hardly_pushed(module: Module) -> None:
    edge = module("losses-score.js", "m.weakUpTo()")
    one = torch.tensor(1.0, dtype=torch.float64)
    assert edge < 0
    assert abs(slope(lambda z: F.mse_loss(torch.sigmoid(z), one), edge)[1]) == pytest.approx(0.05, abs=1e-3)
