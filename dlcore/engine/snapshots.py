"""Where a run has been: a bounded number of its states, spread evenly over its steps."""

from __future__ import annotations

import bisect
from dataclasses import dataclass

from dlcore.specs import limits


@dataclass(frozen=True, slots=True, kw_only=True)
class Snapshot:
    """A run at a step, packed by its worker; `applied` counts the journal's entries that it already holds."""

    step: int
    applied: int
    state: bytes


class Snapshots:
    """Snapshots in order of steps, `limit` bytes at most; the first (step 0) and the newest always stay.

    Where a new one does not fit, the inner snapshot whose loss leaves the smallest gap between its neighbours goes,
    so the remaining ones stay evenly spread, within a factor of two.
    """

    def __init__(self, limit: int = limits.SNAPSHOT_BYTES) -> None:
        self._limit = limit
        self._kept: list[Snapshot] = []
        self.size = 0

    def __len__(self) -> int:
        return len(self._kept)

    @property
    def kept(self) -> tuple[Snapshot, ...]:
        """All of them, in order of steps."""
        return tuple(self._kept)

    @property
    def steps(self) -> tuple[int, ...]:
        """The steps of which there is a snapshot, ascending."""
        return tuple(snapshot.step for snapshot in self._kept)

    def add(self, snapshot: Snapshot) -> None:
        """Keep a snapshot; one of the same step is replaced."""
        at = bisect.bisect_left(self._kept, snapshot.step, key=lambda kept: kept.step)
        if at < len(self._kept) and self._kept[at].step == snapshot.step:
            self._drop(at)
        self._kept.insert(at, snapshot)
        self.size += len(snapshot.state)
        while self.size > self._limit and len(self._kept) > 2:
            gaps = [self._kept[i + 1].step - self._kept[i - 1].step for i in range(1, len(self._kept) - 1)]
            self._drop(1 + gaps.index(min(gaps)))

    def at_or_before(self, step: int) -> Snapshot | None:
        """The snapshot from which a step is reached with the fewest updates; None where none lies before it."""
        at = bisect.bisect_right(self._kept, step, key=lambda kept: kept.step)
        return self._kept[at - 1] if at else None

    def truncate(self, step: int) -> None:
        """Forget the snapshots after a step."""
        while self._kept and self._kept[-1].step > step:
            self._drop(len(self._kept) - 1)

    def _drop(self, at: int) -> None:
        self.size -= len(self._kept.pop(at).state)
