"""How long something took by the processor, not by the clock."""

from __future__ import annotations

from time import perf_counter, thread_time

IDLE_CHARGE = 0.02  # of the seconds that pass while an update waits for something


class Stopwatch:
    """Seconds that something really took.

    Time in which the system let others work does not count; time in which the work itself waits (for a device, say)
    counts a little, so that a run that sleeps cannot keep the turn for ever.
    """

    def __init__(self) -> None:
        self.began, self._worked = perf_counter(), thread_time()

    def spent(self) -> float:
        """Seconds until now."""
        return max(thread_time() - self._worked, IDLE_CHARGE * (perf_counter() - self.began))
