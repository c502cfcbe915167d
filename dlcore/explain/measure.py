"""How good a network is on one part of the data: its loss, and a score that people understand."""

from __future__ import annotations

from torch import Tensor, nn

from dlcore.explain.scores import accuracy, r_squared
from dlcore.networks.outputs import classes_of
from dlcore.specs.learns import Learns
from dlcore.training.targets import decode


def measure(spec: Learns, loss: nn.Module, outputs: Tensor, targets: Tensor, y: Tensor, part: str) -> dict[str, float]:
    """`<part>_loss`, without penalties, and `<part>_accuracy`, or `<part>_r2` where the data ask for numbers.

    `outputs` (n, outputs) are what the loss is measured on, `targets` what it compares them with
    (`dlcore.training.targets.encode`), y (n,) the answers as the data hold them.
    """
    found = {f"{part}_loss": loss(outputs, targets).item()}
    if classes_of(spec):
        found[f"{part}_accuracy"] = accuracy(decode(outputs, spec), y)
    else:
        found[f"{part}_r2"] = r_squared(outputs[:, 0], y)
    return found
