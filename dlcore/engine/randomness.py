"""PyTorch's global random generators, lent to one run at a time, so that runs beside each other never mix."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, Protocol

import torch


class Borrower(Protocol):
    """Somebody with a random state of their own."""

    random: Any


class Randomness:
    """Whose random state is installed in PyTorch at the moment."""

    def __init__(self) -> None:
        self._holder: Borrower | None = None

    def lend(self, borrower: Borrower | None) -> None:
        """Install a borrower's state, after saving that of the one before; nothing to do for the same one again."""
        if borrower is self._holder:
            return
        if self._holder is not None:
            self._holder.random = random_state()
        if borrower is not None:
            set_random_state(borrower.random)
        self._holder = borrower

    def forget(self, borrower: Borrower) -> None:
        """Drop a borrower whose state is about to be replaced or is not needed any more."""
        if borrower is self._holder:
            self._holder = None

    @contextmanager
    def undisturbed(self) -> Iterator[None]:
        """Whatever happens inside draws no number from anybody's sequence."""
        before = random_state()
        try:
            yield
        finally:
            set_random_state(before)


def random_state() -> Any:
    """The state of PyTorch's generators: the CPU's, and the GPUs' where they are in use."""
    in_use = torch.cuda.is_initialized()  # type: ignore[no-untyped-call]
    cuda = torch.cuda.get_rng_state_all() if in_use else None
    return torch.get_rng_state(), cuda


def set_random_state(state: Any) -> None:
    """Go back to what `random_state` gave."""
    cpu, cuda = state
    torch.set_rng_state(cpu)
    if cuda is not None:
        torch.cuda.set_rng_state_all(cuda)
