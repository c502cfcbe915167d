"""Numbers of the latest updates, kept where they were computed until somebody asks for all of them at once."""

from __future__ import annotations

from time import perf_counter

import torch
from torch import Tensor

AHEAD = 64  # updates that may be made before their numbers are looked at, at most,
PATIENCE = (
    0.004  # and as many as take so many seconds: what was asked of a card must be done before it does anything else
)


class Lookout:
    """A row of numbers on a device, one an update.

    To ask a graphics card for a number is to wait until it has done everything; whoever asks after every update has
    both of them wait for each other in turn.
    """

    def __init__(self, device: torch.device, dtype: torch.dtype = torch.float32) -> None:
        self._values = torch.zeros(AHEAD, device=device, dtype=dtype)
        self._place = torch.zeros(1, device=device, dtype=torch.int64)
        self.waiting = 0  # numbers that were noted and not looked at
        self._room = 1  # of them; how long an update takes is not known yet
        self._began = 0.0

    @property
    def full(self) -> bool:
        """Whether it is time to look before another update."""
        return self.waiting >= self._room

    def note(self, value: Tensor) -> None:
        """Keep a number (a tensor of one element): operations on the device alone, which a CUDA graph may repeat."""
        self._values.index_copy_(0, self._place, value.detach().reshape(1).to(self._values.dtype))
        self._place.add_(1)

    def count(self) -> None:
        """Say that one more number was noted, be it by Python or by a recording."""
        if not self.waiting:
            self._began = perf_counter()
        self.waiting += 1

    def look(self) -> list[float]:
        """The numbers of all updates since the last look, in order; waits for the device."""
        found: list[float] = self._values[: self.waiting].tolist()
        if found:
            each = (perf_counter() - self._began) / len(found)
            self._room = int(max(1.0, min(AHEAD, PATIENCE / max(each, 1e-9))))
        self.clear()
        return found

    def clear(self) -> None:
        """Begin again."""
        self.waiting = 0
        self._place.zero_()
