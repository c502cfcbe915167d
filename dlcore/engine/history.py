"""The metrics of a run since its start, one row a frame, bounded by thinning."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from dlcore.engine.frame import packet
from dlcore.specs import limits


class History:
    """A growing table of metrics (float64, NaN where a metric was missing) whose first columns are step and epoch.

    Rows are only ever appended while `version` stays; a change of earlier rows (a new column, thinning, going back)
    makes the next version. Beyond `rows` rows every other one is dropped; the first and the newest stay.
    """

    def __init__(self, rows: int = limits.HISTORY_ROWS) -> None:
        self.columns: list[str] = ["step", "epoch"]
        self.version = 0
        self._most = rows
        self._table = np.full((16, 2), np.nan)
        self._length = 0
        self._unchanged: list[int] = []  # [v]: how many first rows were the same in version v and v + 1

    def __len__(self) -> int:
        return self._length

    @property
    def last_step(self) -> int:
        """The step of the newest row, -1 while there is none."""
        return int(self._table[self._length - 1, 0]) if self._length else -1

    def column(self, name: str) -> np.ndarray:
        """A copy of one column, (rows,) float64. Raises: KeyError: no such metric."""
        if name not in self.columns:
            raise KeyError(name)
        copy: np.ndarray = self._table[: self._length, self.columns.index(name)].copy()
        return copy

    def append(self, step: int, epoch: float, metrics: Mapping[str, float]) -> None:
        """Add a row; a row of the newest step takes that row's place.

        Raises: ValueError: the step lies before the newest one.
        """
        if step < self.last_step:
            raise ValueError(f"step: expected at least {self.last_step}, the newest row's; received {step}")
        self._make_columns(metrics)
        row = np.full(len(self.columns), np.nan)
        row[:2] = step, epoch
        for name, value in metrics.items():
            row[self.columns.index(name)] = value
        if step == self.last_step:
            if not np.array_equal(row, self._table[self._length - 1], equal_nan=True):
                self._table[self._length - 1] = row
                self._next_version(self._length - 1)
            return
        if self._length == self._most:
            self._thin()
        if self._length == len(self._table):
            self._table = np.concatenate([self._table, np.full_like(self._table, np.nan)])
        self._table[self._length] = row
        self._length += 1

    def truncate(self, step: int) -> None:
        """Forget the rows after a step."""
        length = int(np.searchsorted(self._table[: self._length, 0], step, side="right"))
        if length < self._length:
            self._length = length
            self._next_version(length)

    def packet_since(self, version: int, count: int) -> bytes | None:
        """The packet for a viewer that has the first `count` rows of a version (-1, 0 for nothing); None if no news."""
        start = min([count, *self._unchanged[version:]]) if 0 <= version <= self.version else 0
        if version == self.version and start == self._length:
            return None
        body = self._table[start : self._length].tobytes()
        header = {
            "type": "history",
            "version": self.version,
            "start": start,
            "columns": self.columns,
            "rows": self._length - start,
        }
        return packet(header, body)

    def _make_columns(self, metrics: Mapping[str, float]) -> None:
        new = [name for name in metrics if name not in self.columns]
        if new:
            self.columns = [*self.columns, *new]
            self._table = np.hstack([self._table, np.full((len(self._table), len(new)), np.nan)])
            if self._length:
                self._next_version(0)

    def _thin(self) -> None:
        keep = np.unique(np.append(np.arange(0, self._length, 2), self._length - 1))
        self._table[: len(keep)] = self._table[keep]
        self._length = len(keep)
        self._next_version(1)

    def _next_version(self, unchanged: int) -> None:
        self._unchanged.append(unchanged)
        self.version += 1
