"""What every system that learns has in common: it takes steps and can be looked at."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Protocol, Self, runtime_checkable

import numpy as np

from dlcore.specs.experiment import Experiment


@dataclass(frozen=True, slots=True, kw_only=True)
class Series:
    """One line of a curve: the metric that feeds it, its name in the legend, and how it is drawn."""

    metric: str
    title: str
    role: str = "train"  # "train" solid, "test" dashed, "layer:2" the colour of layer 2, "variant:2" of variant 2
    x: str = "epoch"  # the metric (or counter) that a point's place on the x axis is
    dashed: bool = False  # whatever the role
    named: bool = True  # in the legend; a second line of one thing need not be


@dataclass(frozen=True, slots=True, kw_only=True)
class View:
    """Something to look at while a lab runs.

    `kind` says how it is drawn (network, plane, surface, curve, histogram, confusion …), `options` what that kind
    needs to know once, as plain JSON values; a frame brings the arrays whose names begin with the view's name and "/".
    """

    name: str
    kind: str
    title: str
    help: str = ""
    series: tuple[Series, ...] = ()
    options: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class Frame:
    """The present of a lab: counters, scalars, and CPU arrays for the views that somebody watches."""

    step: int
    epoch: float
    metrics: Mapping[str, float]
    arrays: Mapping[str, np.ndarray] = field(default_factory=dict)


class Diverged(ArithmeticError):
    """Training left the numbers: a loss became infinite or not a number. The text says what to try.

    It is raised after the update was made: that update counts, and the text gives its number. A lab that looks at
    losses later than at every update goes back to that one first; `late` counts the calls of `step` that returned
    since, the present one included, which are as if they had not been made.
    """

    def __init__(self, text: str, late: int = 0) -> None:
        super().__init__(text)
        self.late = late


class Lab(Protocol):
    """A system that learns, step by step.

    A lab may use PyTorch's global random generator as a textbook would: the engine gives every run its own state of it.
    """

    spec: Any
    views: tuple[View, ...]
    steps_an_epoch: int

    def __init__(self, spec: Any) -> None: ...

    def step(self) -> None:
        """One update. Raises: Diverged: this update, which was made and counts, left the numbers."""

    def finished(self) -> str | None:
        """Why training is over (asked after each step), or None while it goes on."""

    def frame(self, watched: frozenset[str] = frozenset()) -> Frame:
        """The present, with the arrays of the watched views; changes nothing, draws no random number."""

    def constants(self) -> Mapping[str, np.ndarray]:
        """Arrays that never change during a run (the data, say), sent once; named like a frame's arrays."""

    def change(self, spec: Any) -> None:
        """Go on with another spec that differs from the present one in live fields only."""

    def edit(self, parameter: str, index: tuple[int, ...], value: float) -> None:
        """Set one number of one parameter by hand. Raises: ValueError: there is no such parameter or index."""

    def look(self, **options: Any) -> None:
        """Choose what views show (a sample, say) without touching training. Raises: ValueError."""

    def state_dict(self) -> dict[str, Any]:
        """Everything that changes while it runs, the step counter included, as tensors, arrays and plain values."""

    def load_state_dict(self, state: dict[str, Any]) -> None:
        """Go back to a state of this very spec; from there the same steps give the same numbers."""


@runtime_checkable
class Glanceable(Lab, Protocol):
    """A lab that can show some views without measuring itself on samples, which costs more than they do."""

    def glance(self, watched: frozenset[str]) -> Frame | None:
        """The present with the very arrays that `frame` would give, but no metrics; None: these views need a frame."""


class Group(Protocol):
    """Several labs that take their updates as one. A lab that does anything on its own leaves by itself."""

    @property
    def whole(self) -> bool:
        """Whether nobody has left."""

    def step(self) -> Mapping[int, Exception | None]:
        """One update of every lab, without drawing from PyTorch's global generator.

        Gives to which of the labs something happened, by number: what its own `step` would have raised (Diverged, say),
        or None where it may have finished.
        """


@runtime_checkable
class Groupable(Lab, Protocol):
    """A lab that can take its updates together with others, for which it gets the same numbers as alone."""

    @property
    def group_key(self) -> str | None:
        """Labs with the same key can be grouped; None: this one only works alone. A live change may change it."""

    def group_with(self, others: Sequence[Self]) -> Group:
        """Join others of the same key; all leave the groups that they were in."""


@runtime_checkable
class Settling(Lab, Protocol):
    """A lab that does not look at every update's loss at once. It settles by itself before it is looked at or changed.

    Whoever counts updates calls `settle` before that, so that `Diverged` does not come from there.
    """

    def settle(self) -> None:
        """Look at the losses of all updates so far. Raises: Diverged."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LabRow:
    """A registry row: a system to learn with.

    `lab` is "module:class", imported only where PyTorch may be; `program` is "module:function", from a spec to the text
    of a stand-alone Python program for the same experiment, without importing PyTorch. `epochs` says whether there are
    rounds through samples, so that one speaks of epochs.
    """

    kind: str
    title: str
    summary: str
    spec: type[Experiment]
    lab: str
    program: str
    epochs: bool = True
