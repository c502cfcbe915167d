"""Who of a worker's runs gets how much of its time: equal shares, but for whose epochs are dear, or cheap."""

from __future__ import annotations

from collections.abc import Iterable

from dlcore.engine.hosted import Hosted

LEAST, MOST = 1 / 3, 3.0  # times the usual share
AGAIN = 0.5  # seconds after which the shares are found anew


class Shares:
    """Sets the `share` of each run that trains: what its epoch costs against the usual epoch, from `LEAST` to `MOST`.

    With equal time, the largest of thirty different networks would hardly move while the smallest race (with a third
    of the usual time they are still the quickest); with time in proportion to their costs, one big network would starve
    the others. The usual epoch is the lower median, so that it is not the big one of two.
    """

    def __init__(self) -> None:
        self._due = 0.0

    def find(self, runs: Iterable[Hosted], now: float) -> None:
        """Find the shares, twice a second (`now` on the worker's clock)."""
        if now < self._due:
            return
        self._due = now + AGAIN
        training = [run for run in runs if run.status == "playing" and run.update_cost > 0.0]
        costs = {run.number: run.update_cost * run.lab.steps_an_epoch for run in training}
        if not costs:
            return
        usual = sorted(costs.values())[(len(costs) - 1) // 2]
        for run in training:
            run.share = min(MOST, max(LEAST, costs[run.number] / usual))
