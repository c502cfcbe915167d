"""What the web process and a worker say to each other."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from dlcore.engine.snapshots import Snapshot
from dlcore.specs.experiment import Experiment


@dataclass(frozen=True, slots=True)
class Command:
    """To the worker: do something with a run (or, without one, with yourself). Answered by one `Reply`."""

    number: int
    run: int
    verb: str
    arguments: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Entry:
    """A line of the journal: after this step, and before the next one, the learner did this."""

    step: int
    verb: str  # "change" or "edit"
    arguments: Mapping[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Restore:
    """What a rebuilt run returns to: a snapshot, then the journal's later entries while it repeats its steps."""

    generation: int = 0
    snapshot: Snapshot | None = None
    journal: tuple[Entry, ...] = ()  # all of it; the snapshot says how many entries it holds
    step: int = 0
    last_step: int = 0
    cuts: int = 0  # how often it has gone another way so far
    status: str = "ready"
    reason: str = ""
    speed: float | None = None
    views: frozenset[str] = frozenset()
    rate: float = 0.0
    look: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Hello:
    """From a worker: it is ready."""


@dataclass(frozen=True, slots=True)
class Reply:
    """The answer to a command: a result (of an `ask`, pickled once more) or why not."""

    number: int
    result: Any = None
    error: Exception | None = None
    traceback: str = ""


@dataclass(frozen=True, slots=True)
class Built:
    """A run has a (new) lab."""

    run: int
    generation: int
    spec: Experiment
    steps_an_epoch: int
    views: tuple[dict[str, Any], ...]
    constants: Mapping[str, np.ndarray]


@dataclass(frozen=True, slots=True, kw_only=True)
class Update:
    """The present of a run; with `metrics` a row of its history, with `packet` a frame for viewers.

    A frame without a row shows a run that was measured a moment ago; the numbers in its packet are those.
    """

    run: int
    generation: int
    status: str
    reason: str
    step: int
    goal: int | None = None  # the update up to which it is repeating its past
    epoch: float
    rate: float
    speed: float | None
    spec: Experiment | None = None  # where it changed
    metrics: Mapping[str, float] | None = None
    packet: bytes | None = None
    between_frames: bool = False  # a row of history alone: the last frame is still the newest
    traceback: str = ""  # of a lab that failed
    remark: str = ""  # of the lab about how it trains, a sentence for the page


@dataclass(frozen=True, slots=True)
class Noted:
    """The journal has a new entry."""

    run: int
    generation: int
    entry: Entry


@dataclass(frozen=True, slots=True)
class Taken:
    """There is a new snapshot."""

    run: int
    generation: int
    snapshot: Snapshot


@dataclass(frozen=True, slots=True)
class Cut:
    """A rewound run goes another way: what was after this step is no more."""

    run: int
    generation: int
    step: int
