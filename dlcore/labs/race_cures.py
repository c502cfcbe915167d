"""What cures of over-fitting leave behind in a race: weights at zero, and the epoch whose weights are kept."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import torch

from dlcore.labs.lab import Series, View
from dlcore.training.regularizers import weights

if TYPE_CHECKING:
    from dlcore.labs.race import RaceLab

ZEROS = "zeros"
NEAR = 1e-3  # weights smaller than this count as near zero


def cure_views(titles: Sequence[str]) -> list[View]:
    """The share of each variant's weights at zero and near it."""
    return [
        View(
            name=ZEROS,
            kind="bars",
            title="Weights at zero",
            help=f"Share of all weights, biases not counted, that are exactly 0 (= 0), "
            f"and of those with |w| < {NEAR:g} (≈ 0).",
            series=tuple(
                Series(metric=f"{number}/{name}", title=f"{title} {what}", role=f"variant:{number}")
                for number, title in enumerate(titles)
                for name, what in (("zero", "= 0"), ("near_zero", "≈ 0"))
            ),
            options={"unit": "", "values": True},
        )
    ]


def kept_marks(lab: RaceLab) -> list[dict[str, Any]]:
    """A mark on the loss curves for each variant with early stopping: the best epoch so far, whose weights it keeps."""
    return [
        {
            "title": f"{runner.title}: kept",
            "x": f"{number}/kept_epoch",
            "y": f"{number}/kept_loss",
            "role": f"variant:{number}",
        }
        for number, (runner, member) in enumerate(zip(lab.runners, lab.spec.members, strict=True))
        if member.training.early_stopping is not None
    ]


def cure_metrics(lab: RaceLab, watched: frozenset[str], number: int) -> dict[str, float]:
    """`<number>/kept_epoch` and `kept_loss` where a best epoch is remembered; `zero` and `near_zero` where watched."""
    runner = lab.runners[number]
    found: dict[str, float] = {}
    stopper = runner.lab.ending.stopper
    if stopper.settings is not None and stopper.best_weights is not None:
        found |= {f"{number}/kept_epoch": stopper.best_epoch, f"{number}/kept_loss": stopper.best_loss}
    learned = [weight.detach().abs().flatten() for weight in weights(runner.lab.network)] if ZEROS in watched else []
    if learned:  # batch normalization alone has none
        sizes = torch.cat(learned)
        found[f"{number}/zero"] = (sizes == 0).float().mean().item()
        found[f"{number}/near_zero"] = (sizes < NEAR).float().mean().item()
    return found
