"""What a leak does to the test score: one small network on the same splits, prepared honestly and with the leak."""

from __future__ import annotations

from typing import Any

import numpy as np
import torch
from torch import nn

from datasets.dataset import Dataset
from datasets.preprocess.recipe import fit_recipe, rows_to_fit
from datasets.subset import draw_rows
from dlcore.specs.own_table import OwnTable
from dlcore.training.parts import parts_of

SPLITS = 20
ROWS = 400  # at most, drawn at random: each of the networks must be trained within milliseconds
_UPDATES, _RATE, _L2 = 120, 0.05, 0.01


def leak_effect(data: OwnTable) -> dict[str, Any]:
    """Test scores with and without the leak, of `SPLITS` splits each: `honest` and `leaky`, lists of equal length.

    The network is a single layer (softmax regression, or linear regression), trained by `_UPDATES` full-batch updates
    of Adam with a little L2, on all splits at once. The score is the accuracy for classes, R² for numbers; `usual` is
    what it is without any learning: the share of the largest class in the test part, on average, or 0. `rows`: how
    many rows were used.

    Raises: ValueError: there is too little data to learn from and test on.
    """
    dataset = _bearable(data.load(), data.seed)
    scores: dict[str, list[float]] = {}
    usual: list[float] = []
    for name, leak in (("honest", False), ("leaky", True)):
        parts = [
            _split(data, dataset, data.seed + number, leak) for number in range(1 if data.split == "time" else SPLITS)
        ]
        scores[name] = _learn(parts, classes=len(data.classes))
        if data.classes:
            usual = [float(np.bincount(y).max() / len(y)) for *_, y in parts]
    return {**scores, "usual": float(np.mean(usual)) if usual else 0.0, "rows": len(dataset.targets)}


_Parts = tuple[np.ndarray, np.ndarray, np.ndarray, np.ndarray]


def _bearable(dataset: Dataset, seed: int) -> Dataset:
    if len(dataset.targets) <= ROWS:
        return dataset
    groups = dataset.targets if dataset.classes else np.zeros(len(dataset.targets))
    rows = draw_rows(groups, ROWS, seed)
    return Dataset(
        inputs=dataset.inputs[rows],
        targets=dataset.targets[rows],
        features=dataset.features,
        target=dataset.target,
        classes=dataset.classes,
        order=None if dataset.order is None else dataset.order[rows],
    )


def _split(data: OwnTable, dataset: Dataset, seed: int, leak: bool) -> _Parts:
    train, test = parts_of(data.model_copy(update={"seed": seed, "folds": None, "fold": 0}), dataset)
    fit = rows_to_fit(train, test, leak=leak)
    recipe = fit_recipe(data.plan, dataset.inputs[fit], dataset.targets[fit], classes=bool(dataset.classes))
    inputs, targets = recipe.apply(dataset.inputs), dataset.targets
    if not dataset.classes:
        targets = (targets - targets[train].mean()) / (targets[train].std() or 1.0)
    return inputs[train], targets[train], inputs[test], targets[test]


def _learn(parts: list[_Parts], *, classes: int) -> list[float]:
    """The test score of one layer a split; all splits are trained as one, with a leading axis."""
    x, y, x_test, y_test = (torch.from_numpy(np.stack(arrays)) for arrays in zip(*parts, strict=True))
    x, x_test = x.float(), x_test.float()
    weight = torch.zeros(len(parts), x.shape[2], classes or 1, requires_grad=True)
    bias = torch.zeros(len(parts), 1, classes or 1, requires_grad=True)
    optimizer = torch.optim.Adam([weight, bias], lr=_RATE)
    for _ in range(_UPDATES):
        outputs = x @ weight + bias
        if classes:
            loss = nn.functional.cross_entropy(outputs.flatten(0, 1), y.flatten())
        else:
            loss = nn.functional.mse_loss(outputs[..., 0], y.float())
        # the mean over all splits: times their number, each has the gradient that it would have alone
        total = len(parts) * loss + _L2 / 2 * (weight**2).sum()
        optimizer.zero_grad()
        total.backward()  # type: ignore[no-untyped-call]  # torch declares no types here
        optimizer.step()
    with torch.no_grad():
        outputs = x_test @ weight + bias
    if classes:
        return [float(score) for score in (outputs.argmax(dim=2) == y_test).float().mean(dim=1)]
    wrong = ((outputs[..., 0] - y_test) ** 2).sum(dim=1)
    spread = ((y_test - y_test.mean(dim=1, keepdim=True)) ** 2).sum(dim=1)
    return [float(score) for score in 1 - wrong / spread]
