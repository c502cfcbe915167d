"""The learning-rate finder: the rate rises from update to update, until the loss breaks.

Source: Smith 2017, "Cyclical Learning Rates for Training Neural Networks", §3.3.
"""

from __future__ import annotations

import math
from typing import Any

import numpy as np
import torch
from torch import nn

from dlcore.networks.build import build
from dlcore.networks.outputs import outputs_of
from dlcore.specs.supervised import Supervised
from dlcore.training.make import make_loss, set_learning_rate
from dlcore.training.prepare import prepare
from dlcore.training.targets import encode
from dlcore.training.textbook import TextbookTrainer

BROKEN = 4.0  # times the loss before the first update: nothing is to be learned from larger rates
WIDTH = 15  # updates over which losses are averaged before their slope is taken


class Learner:
    """The network of an experiment at its start, ready for one update after the other, on the CPU."""

    def __init__(self, spec: Supervised) -> None:
        torch.manual_seed(spec.seed)
        data = prepare(spec.data, spec.network.features)
        self.x = torch.from_numpy(data.x_train)
        self.targets = encode(torch.from_numpy(data.y_train), spec)
        network = build(spec, inputs=self.x.shape[1], outputs=outputs_of(spec))
        self.trainer = TextbookTrainer(spec, network, self.x, self.targets)
        self._loss = make_loss(spec)

    def update(self, rate: float) -> float:
        """One update with this rate, whatever the schedule says; gives the loss of its mini-batch before it."""
        trainer = self.trainer
        set_learning_rate(trainer.optimizer, rate)
        value: float = trainer.learn(*trainer.batch(trainer.sampler.next())).item()
        return value

    @torch.no_grad()
    def loss(self) -> float:
        """The loss on all training samples, without penalties, in evaluation mode."""
        network: nn.Module = self.trainer.network
        network.eval()
        value: float = self._loss(network(self.x), self.targets).item()
        return value


def rise(*, experiment: str, least: float, most: float, updates: int) -> dict[str, Any]:
    """Let the learning rate rise from `least` to `most` in `updates` updates, by the same factor each.

    Update k = 0, 1, … has the rate least · (most / least)^(k / (updates − 1)). It ends early where a loss is above
    `BROKEN` times the `first`, or no number. Gives `rates` (n), the `losses` (n) on all training samples after each
    update, the losses `batch` (n) of the mini-batches before it, and what `read` reads there.

    `experiment` is a supervised experiment as JSON.

    Raises: ValueError: there is no such rise.
    """
    if not (0 < least < most and updates >= 2):
        raise ValueError(
            f"rise: expected 0 < least < most and at least 2 updates; received {least:g}, {most:g} and {updates}"
        )
    learner = Learner(Supervised.parse(experiment))
    first = learner.loss()
    rates: list[float] = []
    losses: list[float] = []
    batch: list[float] = []
    for number in range(updates):
        rate = least * (most / least) ** (number / (updates - 1))
        of_batch = learner.update(rate)
        loss = learner.loss()
        rates.append(rate)
        losses.append(loss)
        batch.append(of_batch)
        if not loss <= BROKEN * first:
            break
    return {"rates": rates, "losses": losses, "batch": batch, "first": first, **read(rates, losses, first)}


def read(rates: list[float], losses: list[float], first: float) -> dict[str, float | None]:
    """What one reads off such a curve: where the loss falls `steepest`, is `lowest`, and where it has `broken`.

    Steepest is the most negative slope against the logarithm of the rate, of losses averaged over `WIDTH` neighbours,
    before the lowest. Broken is the first rate after the lowest at which the loss is higher than before the `first`
    update, or no number. None where there is no such place: the loss never fell by 2 %, or never came to that.
    """
    known = np.array([loss if math.isfinite(loss) else math.inf for loss in losses])
    at = int(known.argmin())
    broken = next((rate for rate, loss in zip(rates[at:], known[at:], strict=True) if loss > first), None)
    if known[at] > 0.98 * first:
        return {"steepest": None, "lowest": None, "broken": broken}
    lowest = rates[at]
    finite = int(np.isfinite(known).sum())  # only the last can be no number
    smooth = averaged(known[:finite], WIDTH)
    slopes = np.gradient(smooth, np.log10(rates[:finite])) if finite > 1 else np.zeros(1)
    steepest = rates[int(slopes[: at + 1].argmin())]
    return {"steepest": steepest, "lowest": lowest, "broken": broken}


def averaged(values: np.ndarray, width: int) -> np.ndarray:
    """The mean of each value and its neighbours, as many on the left as on the right, `width` in all where they are."""
    sums = np.concatenate([[0.0], np.cumsum(values)])
    places = np.arange(len(values))
    reach = np.minimum(np.minimum(places, len(values) - 1 - places), width // 2)
    return np.asarray((sums[places + reach + 1] - sums[places - reach]) / (2 * reach + 1))


def outcome(*, experiment: str, rate: float, updates: int) -> dict[str, Any]:
    """The loss on all training samples after so many updates with one learning rate, from the same start.

    `loss` is None where it left the numbers.
    """
    learner = Learner(Supervised.parse(experiment))
    for _ in range(updates):
        if not math.isfinite(learner.update(rate)):
            return {"rate": rate, "loss": None}
    loss = learner.loss()
    return {"rate": rate, "loss": loss if math.isfinite(loss) else None}
