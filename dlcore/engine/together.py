"""Which runs of a worker take their updates as one."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from dlcore.engine.hosted import Hosted
from dlcore.labs.lab import Group, Groupable, Lab


class Together:
    """The groups of a worker, one a key; a group lasts as long as the same labs want updates at the same time."""

    def __init__(self) -> None:
        self._groups: dict[str, tuple[tuple[Lab, ...], Group]] = {}

    def crowd(self, run: Hosted, runs: Iterable[Hosted]) -> list[Hosted]:
        """The runs that go with this one now, itself included."""
        if not run.free:
            return [run]
        key = run.group_key
        return [each for each in runs if each.group_key == key and each.free]

    def group(self, crowd: Sequence[Hosted]) -> Group:
        """At least two runs as a group: the one they are in already, or a new one."""
        key = crowd[0].group_key
        labs = tuple(run.lab for run in crowd)
        if key is None or len(labs) < 2:
            raise ValueError(f"crowd: expected at least two runs with a key; received {len(labs)} of {key!r}")
        known, group = self._groups.get(key, ((), None))
        if group is None or not group.whole or len(known) != len(labs) or any(map(_another, known, labs)):
            first, *others = (lab for lab in labs if isinstance(lab, Groupable))
            group = first.group_with(others)
            self._groups[key] = labs, group
        return group

    def forget(self, run: Hosted) -> None:
        """Let go of a lab that is no more."""
        for key, (labs, _group) in tuple(self._groups.items()):
            if any(lab is run.lab for lab in labs):
                del self._groups[key]


def _another(lab: Lab, other: Lab) -> bool:
    return lab is not other
