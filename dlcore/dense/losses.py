"""Losses: how wrong every output is, and the error that backpropagation starts from."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import torch
from torch import Tensor
from torch.nn import functional as F


@dataclass(frozen=True, slots=True, kw_only=True)
class Loss:
    """One loss of `dlcore.training.losses`; outputs o, targets y and errors are (K, outputs, batch).

    The loss of a replica is `sum(share * value(o, y))` and its derivative is `share * error`, where `share` (K, 1,
    batch) is what every sample counts: `factor` / samples (/ outputs, if `mean_over_outputs`), and 0 in unused columns.
    `error(o, y, into)` writes into its last argument. Where there is a `squash(o, into)`, p = squash(o) stands in for o
    in it: a function of single scores, whose last few PyTorch may round differently (`Shape.columns`).
    """

    name: str
    error: Callable[[Tensor, Tensor, Tensor], object]
    value: Callable[[Tensor, Tensor], Tensor]
    squash: Callable[[Tensor, Tensor], object] | None = None
    factor: float = 1.0
    mean_over_outputs: bool = True

    def share(self, samples: int, outputs: int) -> float:
        """What one of `samples` counts."""
        return self.factor / (samples * outputs if self.mean_over_outputs else samples)


def _cross_entropy(o: Tensor, y: Tensor) -> Tensor:
    return -(torch.log_softmax(o, 1) * y)


LOSSES = (
    # value (o - y)² / 2 with factor 2, so that the error is just o - y
    Loss(
        name="mse",
        error=lambda o, y, into: torch.sub(o, y, out=into),
        value=lambda o, y: (o - y).square() / 2,
        factor=2.0,
    ),
    Loss(
        name="mae",
        error=lambda o, y, into: torch.sub(o, y, out=into).sign_(),
        value=lambda o, y: (o - y).abs(),
    ),
    Loss(
        name="huber",
        error=lambda o, y, into: torch.sub(o, y, out=into).clamp_(-1.0, 1.0),
        value=lambda o, y: F.huber_loss(o, y, reduction="none"),
    ),
    # on scores: p = σ(o), and p - y is all that is left of two derivatives
    Loss(
        name="bce",
        squash=lambda o, into: torch.sigmoid(o, out=into),
        error=lambda p, y, into: torch.sub(p, y, out=into),
        value=lambda o, y: F.binary_cross_entropy_with_logits(o, y, reduction="none"),
    ),
    # on scores, y one-hot: p = softmax(o), and again p - y
    Loss(
        name="cross_entropy",
        error=lambda o, y, into: torch.sub(torch.softmax(o, 1), y, out=into),
        value=_cross_entropy,
        mean_over_outputs=False,
    ),
)
