"""Dropout that can be looked at: the layer of PyTorch, which also keeps whom it left out."""

from __future__ import annotations

from torch import Tensor, nn
from torch.nn import functional as F


class SeenDropout(nn.Dropout):
    """`nn.Dropout` whose `mask` is what it multiplied its last training input by: 0, or 1 / (1 - p).

    It draws the numbers that `nn.Dropout` draws and gives the same outputs to the last bit (on the CPU).
    """

    mask: Tensor | None = None

    def forward(self, input: Tensor) -> Tensor:
        """The input times the mask while training, the input itself while measuring."""
        if not self.training:
            return input
        self.mask = F.dropout(input.new_ones(input.shape), self.p)
        return input * self.mask
