"""How wrong the classes of pixels are: cross-entropy, Dice, or both."""

from __future__ import annotations

import torch
from torch import Tensor, nn


class DiceLoss(nn.Module):
    """1 - Dice, averaged over the classes: 0 where the probabilities are the truth; (scores, classes) -> a scalar.

    Of each class Dice = (2 Σ p y + 1) / (Σ p + Σ y + 1), summed over all pixels of the batch: p is its probability (n,
    h, w), y whether it is the truth. A small figure counts as much as the large background. Source: Milletari, Navab
    and Ahmadi 2016.
    """

    def forward(self, scores: Tensor, masks: Tensor) -> Tensor:
        """Scores (n, classes, h, w) against class numbers (n, h, w)."""
        p = torch.softmax(scores, dim=1)
        y = nn.functional.one_hot(masks.long(), scores.shape[1]).movedim(-1, 1).to(p.dtype)
        shared, all_p, all_y = ((values).sum(dim=(0, 2, 3)) for values in (p * y, p, y))
        return 1 - ((2 * shared + 1) / (all_p + all_y + 1)).mean()


class PixelLoss(nn.Module):
    """The mean cross-entropy of a pixel, in nats; (scores, classes) -> a scalar."""

    def forward(self, scores: Tensor, masks: Tensor) -> Tensor:
        """Scores (n, classes, h, w) against class numbers (n, h, w)."""
        return nn.functional.cross_entropy(scores, masks.long())


class PixelAndDiceLoss(nn.Module):
    """The sum of `PixelLoss` and `DiceLoss`; (scores, classes) -> a scalar."""

    def __init__(self) -> None:
        super().__init__()
        self.pixel, self.dice = PixelLoss(), DiceLoss()

    def forward(self, scores: Tensor, masks: Tensor) -> Tensor:
        """Scores (n, classes, h, w) against class numbers (n, h, w)."""
        total: Tensor = self.pixel(scores, masks) + self.dice(scores, masks)
        return total
