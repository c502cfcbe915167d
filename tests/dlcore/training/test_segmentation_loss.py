from __future__ import annotations

import math

import pytest
import torch
from torch import nn

from dlcore.training import segmentation_loss
from dlcore.training.losses import Loss
from dlcore.training.scene_losses import SEGMENTATION_LOSSES
from dlcore.training.segmentation_loss import DiceLoss, PixelAndDiceLoss, PixelLoss


def test_cross_entropy_is_that_of_pytorch() -> None:
    torch.manual_seed(0)
    scores, masks = torch.randn(3, 4, 5, 6), torch.randint(0, 4, (3, 5, 6), dtype=torch.uint8)
    assert torch.equal(PixelLoss()(scores, masks), nn.CrossEntropyLoss()(scores, masks.long()))


def test_dice_by_hand() -> None:
    # two pixels, two classes; the first pixel is class 0 with probability 0.8, the second class 1 with 0.6
    p = torch.tensor([[0.8, 0.4], [0.2, 0.6]])
    masks = torch.tensor([[[0, 1]]], dtype=torch.uint8)
    dice = [(2 * 0.8 + 1) / (1.2 + 1 + 1), (2 * 0.6 + 1) / (0.8 + 1 + 1)]
    loss = DiceLoss()(p.log()[None, :, None, :], masks)
    assert loss.item() == pytest.approx(1 - sum(dice) / 2)


def test_dice_counts_a_small_figure_as_much_as_the_background() -> None:
    masks = torch.zeros(1, 20, 20, dtype=torch.uint8)
    masks[0, 3:6, 3:6] = 1
    all_background = torch.stack([torch.full((1, 20, 20), 9.0), torch.zeros(1, 20, 20)], dim=1)
    assert PixelLoss()(all_background, masks).item() < 0.25
    assert DiceLoss()(all_background, masks).item() > 0.4
    perfect = 30 * nn.functional.one_hot(masks.long(), 2).movedim(-1, 1).float()
    assert DiceLoss()(perfect, masks).item() == pytest.approx(0, abs=1e-5)


def test_both_are_the_sum() -> None:
    torch.manual_seed(1)
    scores, masks = torch.randn(2, 3, 4, 4), torch.randint(0, 3, (2, 4, 4), dtype=torch.uint8)
    whole = PixelAndDiceLoss()(scores, masks)
    assert whole.item() == pytest.approx(PixelLoss()(scores, masks).item() + DiceLoss()(scores, masks).item())
    assert math.isfinite(whole.item())


@pytest.mark.parametrize("row", SEGMENTATION_LOSSES, ids=lambda row: row.name)
def test_every_row_names_a_loss(row: Loss) -> None:
    scores = torch.zeros(1, 4, 2, 2)
    loss = getattr(segmentation_loss, row.module)()(scores, torch.zeros(1, 2, 2, dtype=torch.uint8))
    assert loss.shape == () and loss > 0
