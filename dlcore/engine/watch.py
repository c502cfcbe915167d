"""One viewer of a run: what they look at, and the message that brings them up to date."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from time import monotonic
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from dlcore.engine.run import Run


class Watch:
    """Made by `run.watch`. `wake()` is called from another thread whenever `take` may have something new."""

    def __init__(self, run: Run, views: Iterable[str], rate: float, wake: Callable[[], None]) -> None:
        self._run, self._views, self._rate, self.wake = run, frozenset(views), float(rate), wake
        self._edition = self._generation = 0  # of the description that this viewer has
        self._state = -1
        self._history = (-1, 0)  # version and number of rows that this viewer has
        self._frame = 0
        self._last = 0.0
        self.took_frame = False  # whether the last message taken holds a frame, which the viewer will acknowledge
        self.closed = False

    @property
    def views(self) -> frozenset[str]:
        """The views on this viewer's screen; none while it is hidden."""
        return self._views

    @views.setter
    def views(self, views: Iterable[str]) -> None:
        self.look_at(views, self._rate)

    @property
    def rate(self) -> float:
        """Frames a second that this viewer wants at most."""
        return self._rate

    @rate.setter
    def rate(self, rate: float) -> None:
        self.look_at(self._views, rate)

    def look_at(self, views: Iterable[str], rate: float) -> None:
        """Set both at once. Raises: ValueError: a rate that is not positive."""
        if not rate > 0:
            raise ValueError(f"rate: expected more than 0 frames a second; received {rate!r}")
        self._views, self._rate = frozenset(views), float(rate)
        self._last = 0.0
        self._run.viewers_changed()

    def take(self, *, frame: bool = True) -> bytes | None:
        """The message to send now, None where there is no news.

        It holds, each only if new to this viewer: the description, the state, the rows of history, the newest frame.
        `frame=False` leaves out rows and frame: for a viewer who has not yet drawn the ones before.
        """
        run = self._run
        with run.lock:
            parts: list[bytes] = []
            self.took_frame = False
            if self._edition != run.edition and run.description_packet is not None:
                parts.append(run.description_packet)
                if self._generation != run.generation:
                    self._history = (-1, 0)
                self._edition, self._generation, self._frame = run.edition, run.generation, 0
            if self._state != run.state_version:
                parts.append(run.state_packet())
                self._state = run.state_version
            if frame and self._views and self._generation == run.generation and self._due():
                rows = run.history.packet_since(*self._history)
                if rows is not None:
                    parts.append(rows)
                    self._history = (run.history.version, len(run.history))
                if run.frame_packet is not None and run.frame_number != self._frame:
                    parts.append(run.frame_packet)
                    self._frame, self._last, self.took_frame = run.frame_number, monotonic(), True
        return b"".join(parts) or None

    def close(self) -> None:
        """This viewer has gone."""
        if not self.closed:
            self.closed = True
            self._run.viewer_left(self)

    def _due(self) -> bool:
        # The worker publishes as often as the quickest viewer wants. While nothing moves, nothing is held back:
        # the last frame must arrive.
        return self._run.status != "playing" or monotonic() - self._last >= 0.75 / self._rate
