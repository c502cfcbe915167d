"""What a worker tells about its runs: frames, metrics, snapshots, and how often."""

from __future__ import annotations

from collections.abc import Mapping
from multiprocessing.connection import Connection
from time import perf_counter
from typing import Any

from dlcore.engine.frame import encode
from dlcore.engine.hosted import Hosted
from dlcore.engine.messages import Reply, Taken, Update
from dlcore.engine.randomness import Randomness
from dlcore.engine.stopwatch import Stopwatch

FRAMES = 25.0  # a second, at most, for one run
HEADROOM = 0.96  # frames come a little more often than wanted, for some are late
METRICS = 4.0  # rows of history a second for a run without viewers
FRAME_SHARE = 0.25  # of a worker's time may go into frames before they become rarer,
SLOW_FRAMES = 5.0  # a second at first,
FRAME_SHARE_MOST = 0.6  # and rarer still where frames would take more than this
ROWS = 40.0  # of history a second between frames, at most, for one run: a browser draws them all
ROW_SHARE = 0.02  # of a worker's time may go into rows of history between frames
FIRST_EPOCHS = 100  # have a row each, for there curves bend, and a short training is over within a few frames,
FIRST_SECONDS = 0.1  # as long as those rows together have not taken more
MEASURED = 8.0  # of the frames a second, at most, measure a run anew where it can be shown without (`Glanceable`)
MEASURE_SHARE = 0.1  # of a worker's time may go into those before they become rarer
SNAPSHOT_EVERY = (1.0, 2.0)  # seconds of updates, seconds by the clock, whichever comes first
SNAPSHOT_SHARE = 0.05  # of the time of runs that train together, or of one alone, may go into snapshots


class Publisher:
    """The runs of a worker, and the half of it that speaks."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._runs: dict[int, Hosted] = {}
        self._random = Randomness()

    def _fail(self, run: Hosted, error: Exception) -> None:
        raise NotImplementedError

    def _publish(self, run: Hosted, *, glance: bool = False) -> None:
        """Tell the present; with `glance`, a lab that was measured a moment ago need not be measured again."""
        began = perf_counter()
        self._random.lend(run)
        packet: bytes | None = None
        if (anew := run.described_anew()) is not None:
            self._connection.send(anew)
        try:
            with self._random.undisturbed():
                glanced = run.glance() if glance and began < run.measure_due else None
                frame = run.lab.frame(run.views) if glanced is None else glanced
            if glanced is None:
                run.metrics = {name: float(value) for name, value in frame.metrics.items()}
            if run.views:
                header = {
                    "type": "frame",
                    "generation": run.generation,
                    "step": run.steps,
                    "epoch": frame.epoch,
                    "metrics": run.metrics,
                }
                packet = encode(header, frame.arrays)
        except Exception as error:
            self._fail(run, error)
            return
        # By the clock, not by the processor: on a busy machine frames must become rarer, or nothing is left for updates
        cost = perf_counter() - began
        run.frame_cost += 0.3 * (cost - run.frame_cost)
        interval = self._frame_interval(run)
        run.frame_due = next_due(run.frame_due, began, interval)
        if glanced is not None:
            self._tell(run, epoch=frame.epoch, packet=packet)
            return
        run.measure_due = began + max(1.0 / MEASURED, self._watched() * cost / MEASURE_SHARE)
        run.row_step = run.steps
        self._tell(run, epoch=frame.epoch, metrics=run.metrics, packet=packet)

    def _row_if_due(self, run: Hosted, now: float) -> None:
        """A row of history between two frames: one an epoch where time allows, or a quick run's curves are coarse."""
        if run.row_in(now) > 0:
            return
        watch = Stopwatch()
        self._random.lend(run)
        try:
            with self._random.undisturbed():
                frame = run.lab.frame()
        except Exception as error:
            self._fail(run, error)
            return
        run.row_step = run.steps
        metrics = {name: float(value) for name, value in frame.metrics.items()}
        self._tell(run, epoch=frame.epoch, metrics=metrics, between_frames=True)
        run.row_spent += watch.spent()
        if frame.epoch >= FIRST_EPOCHS or run.row_spent >= FIRST_SECONDS:
            run.row_due = now + max(1.0 / ROWS, self._watched() * (perf_counter() - now) / ROW_SHARE)

    def _watched(self) -> int:
        """How many runs train while somebody watches."""
        return sum(1 for run in self._runs.values() if run.status == "playing" and run.views)

    def _frame_interval(self, run: Hosted) -> float:
        """Seconds from one frame of a run to the next, such that all runs' frames leave time for training."""
        busy = [other for other in self._runs.values() if other.status == "playing"]
        load = sum(other.frame_cost for other in busy)
        if run.views:
            wanted = HEADROOM / min(run.rate_wanted or FRAMES, FRAMES)
            return max(wanted, min(load / FRAME_SHARE, 1.0 / SLOW_FRAMES), load / FRAME_SHARE_MOST)
        return max(1.0 / METRICS, load / FRAME_SHARE)

    def _tell(
        self,
        run: Hosted,
        *,
        epoch: float | None = None,
        metrics: Mapping[str, float] | None = None,
        packet: bytes | None = None,
        between_frames: bool = False,
        traceback_text: str = "",
    ) -> None:
        run.measure(perf_counter())
        changed = run.spec is not run.spec_told
        run.spec_told = run.spec
        self._connection.send(
            Update(
                run=run.number,
                generation=run.generation,
                status=run.status,
                reason=run.reason,
                step=run.steps,
                goal=run.goal,
                epoch=run.steps / run.lab.steps_an_epoch if epoch is None else epoch,
                rate=run.rate,
                speed=run.speed,
                spec=run.spec if changed else None,
                metrics=metrics,
                packet=packet,
                between_frames=between_frames,
                traceback=traceback_text,
                remark=run.remark,
            )
        )

    def _snapshot_if_due(self, run: Hosted, now: float) -> None:
        if run.goal is not None or run.status not in ("playing", "paused") or run.steps == run.snapshot_step:
            return
        worth = run.active - run.snapshot_active
        if run.status == "paused" or run.targets:
            due = worth >= 0.25 * SNAPSHOT_EVERY[0]  # so that a paused run is back at once after an accident
        else:
            due = worth >= SNAPSHOT_EVERY[0] or now >= run.snapshot_due
        if due and worth >= run.company * run.snapshot_cost / SNAPSHOT_SHARE:
            self._snapshot(run)

    def _snapshot(self, run: Hosted) -> None:
        watch = Stopwatch()
        self._random.lend(run)
        self._connection.send(Taken(run.number, run.generation, run.snapshot()))
        run.snapshot_cost, run.snapshot_due = watch.spent(), perf_counter() + SNAPSHOT_EVERY[1]

    def _reply(self, number: int, result: Any = None, error: Exception | None = None) -> None:
        self._connection.send(Reply(number, result, error))


def next_due(due: float, now: float, interval: float) -> float:
    """When the next frame is due after one at `now` (seconds), which itself was due at `due`.

    In step with the clock: a frame that was late, say because updates come 30 times a second and frames 25 times, must
    not make all later ones late; and one that came before its time (somebody began to watch, or changed something) puts
    off none.
    """
    return due + interval if due <= now < due + interval else now + interval
