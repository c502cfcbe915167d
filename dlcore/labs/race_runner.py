"""One variant of a race: its lab, its own random numbers, and whether it is still in the race."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from dlcore.engine.randomness import random_state, set_random_state
from dlcore.labs.lab import Diverged, Frame, Group, Groupable, Settling
from dlcore.labs.registry import make_lab
from dlcore.specs.race import Member


class Runner:
    """Trains one variant as it would train alone: it draws from a random sequence of its own."""

    apart = False  # whether it makes its updates by itself, though others could make them with it

    def __init__(self, title: str, spec: Member) -> None:
        self.title = title
        self.lab: Any = make_lab(spec)
        self._groupable, self._settling = isinstance(self.lab, Groupable), isinstance(self.lab, Settling)  # slow to ask
        self.random = random_state()
        self.lost = ""  # why it diverged
        self.left: int | None = None  # the update of the race at which it diverged or ended

    @property
    def racing(self) -> bool:
        """Whether it takes part in the next update."""
        return not self.lost and self.lab.finished() is None

    @property
    def key(self) -> str | None:
        """Runners of one key can take their updates as one; None: only alone."""
        return self.lab.group_key if self._groupable else None

    def step(self) -> None:
        """One update; one that leaves the numbers is remembered in `lost`."""
        try:
            if self.key is not None:  # on the fast path a run has a generator of its own anyhow
                self._update()
                return
            set_random_state(self.random)
            self._update()
            self.random = random_state()
        except Diverged as error:
            self.lost = str(error)

    def _update(self) -> None:
        self.lab.step()

    def settle(self) -> None:
        """Look at losses that were not looked at yet."""
        if not self.lost and self._settling:
            try:
                self.lab.settle()
            except Diverged as error:
                self.lost = str(error)

    def frame(self, watched: frozenset[str]) -> Frame:
        """Its present."""
        found: Frame = self.lab.frame(watched)
        return found

    def change(self, spec: Member) -> None:
        """Go on with other live settings; one that had ended may be in the race again."""
        if spec != self.lab.spec:
            self.lab.change(spec)
            if self.racing:
                self.left = None

    def state_dict(self) -> dict[str, Any]:
        """All that changes."""
        return {"lab": self.lab.state_dict(), "random": self.random, "lost": self.lost, "left": self.left}

    def load_state_dict(self, state: Mapping[str, Any]) -> None:
        """Go back to what `state_dict` gave."""
        self.lab.load_state_dict(state["lab"])
        self.random, self.lost, self.left = state["random"], state["lost"], state["left"]


class Team:
    """Runners of one key that take their updates as one."""

    def __init__(self, runners: Sequence[Runner]) -> None:
        self.runners = tuple(runners)
        first, *others = (runner.lab for runner in runners)
        self._group: Group = first.group_with(others)

    @property
    def whole(self) -> bool:
        """Whether nobody has left."""
        return self._group.whole

    def step(self) -> None:
        """One update of each. Raises: whatever but `Diverged` went wrong in one of them."""
        for number, error in self._group.step().items():
            if isinstance(error, Diverged):
                self.runners[number].lost = str(error)
            elif error is not None:
                raise error


def teams_of(runners: Sequence[Runner]) -> list[Runner | Team]:
    """The runners in as few as possible that step: those of one key together, in the order of their first."""
    together: dict[str, list[Runner]] = {}
    for runner in runners:
        key = None if runner.apart else runner.key
        together.setdefault(key or f"alone {id(runner)}", []).append(runner)
    return [Team(each) if len(each) > 1 else each[0] for each in together.values()]
