"""How often a run has ended its worker: three times within a minute are once too often."""

from __future__ import annotations

KILLS = 3
WITHIN = 60.0  # seconds


class Kills:
    """The times (monotonic seconds) at which workers died while they were busy with one run."""

    def __init__(self) -> None:
        self._times: list[float] = []

    def add(self, now: float) -> bool:
        """Note one more; whether that makes too many, and then the count begins anew."""
        self._times = [*(time for time in self._times if now - time < WITHIN), now]
        if len(self._times) < KILLS:
            return False
        self._times = []
        return True
