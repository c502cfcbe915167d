"""How well small networks do on new points: by how many examples they learned from, and by how many units they have."""

from __future__ import annotations

import numpy as np
import torch
from torch import Tensor, nn

from datasets.registry import card

SEEDS = 8  # networks a point of a curve, each with examples and first weights of its own
FRESH = 500  # points that no network has learned from
_UPDATES, _RATE = 250, 0.03


def scores(*, name: str, noise: float, examples: int, units: int) -> dict[str, list[float]]:
    """Accuracies of `SEEDS` networks with one hidden layer: `train` on their examples, `test` on `FRESH` new points.

    `name` is a generated data set of two classes with this `noise`; a network of `units` tanh units learns from so many
    `examples`, in `_UPDATES` updates of Adam on all of them at once. All networks are trained as one, with a leading
    axis; network s has the data seed s and the weights' seed s.

    Raises: ValueError: there is no such data set, or fewer examples than can hold both classes.
    """
    if examples < 4 or units < 1:
        raise ValueError(f"scores: expected at least 4 examples and 1 unit; received {examples} and {units}")
    sets = [card(name).load(samples=examples + FRESH, noise=noise, seed=seed) for seed in range(SEEDS)]
    chosen = [np.random.default_rng(seed).permutation(examples + FRESH) for seed in range(SEEDS)]
    x = torch.from_numpy(np.stack([data.inputs[rows] for data, rows in zip(sets, chosen, strict=True)])).float() / 6
    y = torch.from_numpy(np.stack([data.targets[rows] for data, rows in zip(sets, chosen, strict=True)])).float()
    outputs = _learn(x[:, :examples], y[:, :examples], units)
    with torch.no_grad():
        right = ((outputs(x) > 0) == (y > 0.5)).double()
    return {"train": right[:, :examples].mean(1).tolist(), "test": right[:, examples:].mean(1).tolist()}


class _Networks:
    """Scores (S, n) of S networks for points (S, n, 2): w2 tanh(w1 x + b1) + b2."""

    def __init__(self, count: int, units: int) -> None:
        drawn = [torch.Generator().manual_seed(seed) for seed in range(count)]
        first = torch.stack([torch.randn(2, units, generator=one) for one in drawn]) * 3  # of inputs from -1 to 1
        shifts = torch.stack([torch.randn(1, units, generator=one) for one in drawn])
        last = torch.stack([torch.randn(units, 1, generator=one) for one in drawn]) / units**0.5
        self.parameters = [each.requires_grad_() for each in (first, shifts, last, torch.zeros(count, 1, 1))]

    def __call__(self, x: Tensor) -> Tensor:
        w1, b1, w2, b2 = self.parameters
        scores: Tensor = (torch.tanh(x @ w1 + b1) @ w2 + b2)[..., 0]
        return scores


def _learn(x: Tensor, y: Tensor, units: int) -> _Networks:
    networks = _Networks(len(x), units)
    optimizer = torch.optim.Adam(networks.parameters, lr=_RATE)
    for _ in range(_UPDATES):
        # a sum over the networks: each has the gradient that it would have alone
        loss = nn.functional.binary_cross_entropy_with_logits(networks(x), y, reduction="none").mean(1).sum()
        optimizer.zero_grad()
        loss.backward()  # type: ignore[no-untyped-call]  # torch declares no types here
        optimizer.step()
    return networks
