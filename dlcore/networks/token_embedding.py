"""Tokens to vectors, laid out as convolutions want them."""

from __future__ import annotations

from torch import Tensor, nn


class TokenEmbedding(nn.Embedding):
    """A learned vector for every token, channels first: (n, length) whole numbers -> (n, width, length)."""

    def forward(self, tokens: Tensor) -> Tensor:
        """Look every token up."""
        return super().forward(tokens).transpose(1, 2).contiguous()  # so that a flatten behind it need not copy
