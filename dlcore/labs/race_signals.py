"""What the variants of a race do to their signals, layer by layer: two views in which all of them are side by side."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np

from dlcore.explain.signals import signals
from dlcore.labs.lab import View
from dlcore.specs.supervised import Supervised

if TYPE_CHECKING:
    from dlcore.labs.race import RaceLab

SIGNALS = ("spread", "backward")  # views, in the order of `signals`
LEAST = 3  # hidden layers before there is a way to follow


def signal_views(lab: RaceLab, titles: Sequence[str]) -> list[View]:
    """The two views; none where no variant is a plain dense network with three hidden layers or more."""
    depths = [_depth(member) for member in lab.spec.members]
    if max(depths) < LEAST:
        return []
    lines = [
        {"title": title, "role": f"variant:{number}", "layers": depth, "line": number}
        for number, (title, depth) in enumerate(zip(titles, depths, strict=True))
        if depth
    ]
    return [
        View(
            name="spread",
            kind="profile",
            title="Forward: activations",
            help="How much the activations of each hidden layer differ from one training sample to another: the root "
            "of their variance, averaged over the units. Where it is 0, the layer answers the same to every sample, "
            "and there is no point on this logarithmic scale.",
            options={"lines": lines, "quantity": "Spread of activations"},
        ),
        View(
            name="backward",
            kind="profile",
            title="Backward: gradients",
            help="How strongly a sample's loss answers to an activation of each hidden layer: the root of the mean "
            "square of ∂loss/∂activation over training samples and units, as it arrives on its way back from the "
            "output. Where it is 0, nothing arrives.",
            options={"lines": lines, "quantity": "Size of ∂loss/∂activation"},
        ),
    ]


def signal_arrays(lab: RaceLab, watched: frozenset[str]) -> dict[str, np.ndarray]:
    """`<view>/<variant>`, float32 (hidden layers), of the watched ones."""
    wanted = [(row, name) for row, name in enumerate(SIGNALS) if name in watched]
    found: dict[str, np.ndarray] = {}
    if wanted:
        for number, runner in enumerate(lab.runners):
            if _depth(lab.spec.members[number]):
                of = runner.lab
                both = signals(of.network, of.loss, of.x_train, of.targets_train)
                found |= {f"{name}/{number}": both[row] for row, name in wanted}
    return found


def _depth(member: object) -> int:
    return len(member.network.layers) if isinstance(member, Supervised) else 0
