"""Toys that can take their updates together; an update tells how many took it, and what it took."""

import time
from collections.abc import Mapping, Sequence
from typing import Any, Literal

from toy import Toy, ToyLab

from dlcore.labs.lab import Frame
from dlcore.specs.spec import live


class TeamToy(Toy):
    kind: Literal["team toy"] = "team toy"  # type: ignore[assignment]
    team: str | None = live("red")
    group_trouble_step: int | None = None  # the group itself breaks where this one has made so many updates


class TeamLab(ToyLab):
    """A toy with a generator of its own, for in a group PyTorch's global one is nobody's."""

    def __init__(self, spec: TeamToy) -> None:
        super().__init__(spec)
        self.generator = self.torch.Generator().manual_seed(spec.seed)
        self.group: TeamGroup | None = None
        self.company = 0  # labs that took the last update together
        self.made = 0  # updates since this very lab was built
        self.seconds = 0.0  # of the processor, in updates

    def noise(self) -> Any:
        return self.torch.randn(self.spec.size, generator=self.generator)

    def step(self) -> None:
        self.group, self.company = None, 1
        self.update()

    def update(self) -> None:
        began = time.thread_time()
        self.made += 1
        try:
            super().step()
        finally:
            self.seconds += time.thread_time() - began

    @property
    def group_key(self) -> str | None:
        return self.spec.team  # type: ignore[no-any-return]

    def group_with(self, others: Sequence["TeamLab"]) -> "TeamGroup":
        return TeamGroup((self, *others))

    def frame(self, watched: frozenset[str] = frozenset()) -> Frame:
        frame = super().frame(watched)
        mine = {"company": self.company, "made": self.made, "seconds": self.seconds}
        return Frame(step=frame.step, epoch=frame.epoch, metrics={**frame.metrics, **mine}, arrays=frame.arrays)

    def state_dict(self) -> dict[str, Any]:
        return super().state_dict() | {"generator": self.generator.get_state()}

    def load_state_dict(self, state: dict[str, Any]) -> None:
        super().load_state_dict(state)
        self.generator.set_state(state["generator"])


class TeamGroup:
    """Nothing is gained by it, but everything is told: to whom what happened."""

    def __init__(self, labs: Sequence[TeamLab]) -> None:
        self.labs = tuple(labs)
        for lab in self.labs:
            lab.group = self

    @property
    def whole(self) -> bool:
        return all(lab.group is self for lab in self.labs)

    def step(self) -> Mapping[int, Exception | None]:
        happened: dict[int, Exception | None] = {}
        for number, lab in enumerate(self.labs):
            if lab.steps == lab.spec.group_trouble_step:
                raise MemoryError("no room for all")
            lab.company = len(self.labs)
            try:
                lab.update()
            except Exception as error:
                happened[number] = error
            else:
                if lab.finished() is not None:
                    happened[number] = None
        return happened


def make_lab(spec: Toy) -> ToyLab:
    return TeamLab(spec) if isinstance(spec, TeamToy) else ToyLab(spec)


def alone(spec: TeamToy, steps: int, entries: Sequence[Any] = ()) -> list[float]:
    """The weights after some updates with these entries of a journal, without any engine: the oracle."""
    lab = TeamLab(spec.replace({"nap": 0.0, "work": 0.0}))
    for step in range(steps + 1):
        for entry in entries:
            if entry.step == step and entry.verb == "change":
                lab.change(lab.spec.replace(entry.arguments["changes"]))
            elif entry.step == step:
                lab.edit(**entry.arguments)
        if step < steps:
            lab.step()
    return [float(value) for value in lab.weight.detach()]
