"""What travels from layer to layer: one sample's numbers and how they are laid out, without the batch."""

from __future__ import annotations

import math
from dataclasses import dataclass

Shape = tuple[int, ...]

_AXES = {2: "channels × length", 3: "channels × height × width"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Signal:
    """One sample between two layers: `(values,)`, `(channels, length)` or `(channels, height, width)`.

    `tokens` > 0: whole numbers from 0 to `tokens` - 1 instead, of shape `(length,)`, which only an embedding reads.
    """

    shape: Shape
    tokens: int = 0

    def __post_init__(self) -> None:
        if len(self.shape) not in (1, 2, 3) or min(self.shape) < 1:
            raise ValueError(f"shape: expected one to three sizes of at least 1; received {self.shape}")
        if self.tokens < 0 or (self.tokens and len(self.shape) != 1):
            raise ValueError(
                f"tokens: expected a number of tokens in one row; received {self.tokens} with shape {self.shape}"
            )

    @property
    def size(self) -> int:
        """How many numbers there are."""
        return math.prod(self.shape)

    @property
    def axes(self) -> Shape:
        """The sizes of the axes that have places: height and width, or length; none for values in a row."""
        return self.shape[1:]

    def __str__(self) -> str:
        """The shape as learners read it."""
        if self.tokens:
            return f"{self.shape[0]:,} tokens"
        if len(self.shape) == 1:
            return f"{self.shape[0]:,} value{'s in a row' if self.shape[0] > 1 else ''}"
        return f"{' × '.join(map(str, self.shape))} ({_AXES[len(self.shape)]})"
