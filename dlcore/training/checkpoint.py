"""What tensors held a while ago, kept beside them on their device, to be put back into the very same memory."""

from __future__ import annotations

from collections.abc import Iterable

import torch
from torch import Tensor


class Checkpoint:
    """Copies of some tensors. The tensors stay where they are, so that recordings of CUDA graphs stay valid."""

    def __init__(self) -> None:
        self._pairs: list[tuple[list[Tensor], list[Tensor]]] = []  # tensors of one type each, and their copies
        self._known: list[int] = []

    def keep(self, tensors: Iterable[Tensor]) -> None:
        """Remember what the tensors hold now; one operation a type of numbers, where they are the same as last time."""
        now = [tensor.detach() for tensor in tensors]
        places = [tensor.data_ptr() for tensor in now]
        if places != self._known:
            by_type: dict[torch.dtype, list[Tensor]] = {}
            for tensor in now:
                by_type.setdefault(tensor.dtype, []).append(tensor)
            self._pairs = [(own, [torch.empty_like(each) for each in own]) for own in by_type.values()]
            self._known = places
        for own, copies in self._pairs:
            torch._foreach_copy_(copies, own)

    def put_back(self) -> None:
        """Let the tensors hold again what was remembered."""
        for own, copies in self._pairs:
            torch._foreach_copy_(own, copies)
