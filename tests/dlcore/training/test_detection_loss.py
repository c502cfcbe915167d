"""The loss of a detector against the same rule as plain loops over cells."""

from __future__ import annotations

import math

import pytest
import torch
from torch import Tensor

from datasets.scenes import make_scenes
from dlcore.training.detection_loss import DetectionLoss
from dlcore.training.grid_targets import grid_targets

SIDE, GRID = 48, 6


def some() -> tuple[Tensor, Tensor]:
    torch.manual_seed(0)
    scenes = make_scenes(samples=5, noise=0.0, seed=2)
    boxes, kinds = torch.from_numpy(scenes.boxes), torch.from_numpy(scenes.kinds)
    return torch.randn(5, 8, GRID, GRID), grid_targets(boxes, kinds, side=SIDE, grid=GRID)


def overlap(a: list[float], b: list[float]) -> float:
    shared = max(0.0, min(a[2], b[2]) - max(a[0], b[0])) * max(0.0, min(a[3], b[3]) - max(a[1], b[1]))
    return shared / ((a[2] - a[0]) * (a[3] - a[1]) + (b[2] - b[0]) * (b[3] - b[1]) - shared)


def huber(error: float) -> float:
    return error**2 / 2 if abs(error) <= 1 else abs(error) - 0.5


@pytest.mark.parametrize("box", ["iou", "huber"])
def test_it_is_the_sum_over_cells(box: str) -> None:
    outputs, targets = some()
    parts = {"objectness": 0.0, "box": 0.0, "class": 0.0}
    figures = 0
    for said, true in zip(outputs, targets, strict=True):
        for row in range(GRID):
            for column in range(GRID):
                t, y = said[:, row, column].tolist(), true[:, row, column].tolist()
                sure = 1 / (1 + math.exp(-t[0]))
                parts["objectness"] -= math.log(sure if y[0] else 1 - sure)
                if not y[0]:
                    continue
                figures += 1
                x, ys = (column + 0.5 + math.tanh(t[1])) * 8, (row + 0.5 + math.tanh(t[2])) * 8
                w, h = (SIDE / 2 / (1 + math.exp(-value)) for value in t[3:5])
                found = [x - w, ys - h, x + w, ys + h]
                if box == "iou":
                    parts["box"] += 1 - overlap(found, y[1:5])
                else:
                    parts["box"] += sum(huber((a - b) * 10 / SIDE) for a, b in zip(found, y[1:5], strict=True))
                parts["class"] += math.log(sum(math.exp(value) for value in t[5:])) - t[5 + int(y[5])]
    expected = {name: value / figures for name, value in parts.items()}
    loss = DetectionLoss(side=SIDE, box=box)
    assert {name: value.item() for name, value in loss.parts(outputs, targets).items()} == pytest.approx(
        expected, rel=1e-4
    )
    assert loss(outputs, targets).item() == pytest.approx(sum(expected.values()), rel=1e-4)


@pytest.mark.parametrize("box", ["iou", "huber"])
def test_a_batch_without_figures_has_a_loss_too(box: str) -> None:
    outputs = torch.zeros(2, 8, GRID, GRID, requires_grad=True)
    loss = DetectionLoss(side=SIDE, box=box)(outputs, torch.zeros(2, 6, GRID, GRID))
    assert loss.item() == pytest.approx(72 * math.log(2))
    loss.backward()
    assert outputs.grad is not None and torch.isfinite(outputs.grad).all()


def test_the_gradient_moves_every_kind_of_output() -> None:
    outputs, targets = some()
    outputs.requires_grad_()
    DetectionLoss(side=SIDE, box="iou")(outputs, targets).backward()
    assert outputs.grad is not None
    there = targets[:, 0] == 1
    assert (outputs.grad.movedim(1, -1)[there].abs().sum(dim=0) > 0).all()
    assert not outputs.grad[:, 1:].movedim(1, -1)[~there].any()  # no box or class where there is no figure
