"""Numbers of the latest updates, kept where they were computed until somebody asks for all of them at once."""

from __future__ import annotations

import torch
from torch import Tensor

AHEAD = 64  # updates that may be made before their numbers are looked at


class Lookout:
    """A row of numbers on a device, one an update.

    To ask a graphics card for a number is to wait until it has done everything; whoever asks after every update has
    both of them wait for each other in turn.
    """

    def __init__(self, device: torch.device, dtype: torch.dtype = torch.float32) -> None:
        self._values = torch.zeros(AHEAD, device=device, dtype=dtype)
        self._place = torch.zeros(1, device=device, dtype=torch.int64)
        self.waiting = 0  # numbers that were noted and not looked at

    @property
    def full(self) -> bool:
        """Whether the next number has no place."""
        return self.waiting == AHEAD

    def note(self, value: Tensor) -> None:
        """Keep a number (a tensor of one element): operations on the device alone, which a CUDA graph may repeat.

        Whoever repeats them counts them in `waiting`.
        """
        self._values.index_copy_(0, self._place, value.detach().reshape(1).to(self._values.dtype))
        self._place.add_(1)

    def look(self) -> list[float]:
        """The numbers of all updates since the last look, in order; waits for the device."""
        found: list[float] = self._values[: self.waiting].tolist()
        self.clear()
        return found

    def clear(self) -> None:
        """Begin again."""
        self.waiting = 0
        self._place.zero_()
