"""The residual block as a module."""

from __future__ import annotations

from torch import Tensor, nn


class Residual(nn.Module):
    """`y = F(x) + shortcut(x)`: the inner layers learn what to change, and gradients always have the short way past.

    Source: He, Zhang, Ren and Sun, “Deep Residual Learning for Image Recognition”, 2016.
    """

    def __init__(self, layers: nn.Sequential, shortcut: nn.Module) -> None:
        super().__init__()
        self.layers = layers
        self.shortcut = shortcut

    def forward(self, x: Tensor) -> Tensor:
        """(n, …) -> (n, …) of the inner layers' output shape."""
        y: Tensor = self.layers(x) + self.shortcut(x)
        return y
