"""What the networks for scenes cost, known without building them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple


class Convolution(NamedTuple):
    """One convolution, normalized or not: channels in and out, kernel k × k, and the side of the map it gives.

    A `doubling` one is transposed, with stride 2: each of its inputs gives k × k outputs of its own.
    """

    inputs: int
    outputs: int
    kernel: int
    side: int
    normed: bool = False
    doubling: bool = False

    @property
    def multiply_adds(self) -> int:
        """Multiplications of one scene's way through it."""
        taps = 1 if self.doubling else self.kernel**2
        return self.inputs * self.outputs * taps * self.side**2

    @property
    def parameters(self) -> int:
        """Weights and biases, and the scales and shifts behind them."""
        return self.outputs * (self.inputs * self.kernel**2 + 1 + 2 * self.normed)

    @property
    def memory(self) -> int:
        """Bytes of what one scene leaves behind: the map, the same normalized, and after the ReLU."""
        return 4 * self.outputs * self.side**2 * (3 if self.normed else 2)


def detector_convolutions(
    *, channels: int, levels: int, classes: int, batch_norm: bool, side: int
) -> tuple[Convolution, ...]:
    """The convolutions of `dlcore.networks.grid_detector`, from the image to the cells."""
    found: list[Convolution] = []
    width = 1
    for level in range(levels):
        found += _block(width, channels * 2**level, side >> level, batch_norm)
        width = channels * 2**level
    cell = side >> levels
    return (*found, *_block(width, width, cell, batch_norm), Convolution(width, 5 + classes, 1, cell))


def unet_convolutions(
    *, channels: int, levels: int, classes: int, batch_norm: bool, side: int
) -> tuple[Convolution, ...]:
    """The convolutions of `dlcore.networks.unet`, from the image to the scores of every pixel."""
    found: list[Convolution] = []
    width = 1
    for level in range(levels + 1):
        found += _block(width, channels * 2**level, side >> level, batch_norm)
        width = channels * 2**level
    for level in reversed(range(levels)):
        narrow = channels * 2**level
        found.append(Convolution(width, narrow, 2, side >> level, doubling=True))
        found += _block(2 * narrow, narrow, side >> level, batch_norm)
        width = narrow
    return (*found, Convolution(width, classes, 1, side))


def _block(inputs: int, outputs: int, side: int, batch_norm: bool) -> Iterator[Convolution]:
    yield Convolution(inputs, outputs, 3, side, batch_norm)
    yield Convolution(outputs, outputs, 3, side, batch_norm)
