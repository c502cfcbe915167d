"""A lab that is quick to build, draws random numbers, and can be asked to misbehave."""

import contextlib
import copy
import os
import time
from collections.abc import Mapping
from typing import Any, Literal

import numpy as np

from dlcore.labs.lab import Diverged, Frame, Series, View
from dlcore.specs.experiment import Experiment
from dlcore.specs.spec import live


class Toy(Experiment):
    version: Literal[1] = 1
    kind: Literal["toy"] = "toy"
    seed: int = 0
    size: int = 4
    rate: float = live(0.1, gt=0.0)
    epochs: int | None = live(None)
    trouble: Literal["", "build", "crash build", "kill build", "diverge", "crash", "kill", "slow build"] = ""
    look_every: int = 1  # updates after which it sees whether it has diverged
    trouble_step: int = 50
    nap: float = 0.0  # seconds that one update waits
    work: float = 0.0  # seconds of the processor that one update takes


class ToyLab:
    """Minimises the square of a weight vector with noisy gradients from torch's global generator."""

    steps_an_epoch = 10

    def __init__(self, spec: Toy) -> None:
        import torch

        self.torch = torch
        if spec.trouble == "build":
            raise ValueError("size: this toy cannot be built")  # as most labs say it: without the period
        if spec.trouble == "crash build":
            raise KeyError("no such wheel")
        if spec.trouble == "kill build":
            os._exit(3)
        if spec.trouble == "slow build":
            time.sleep(1.0)
        self.spec = spec
        torch.manual_seed(spec.seed)
        self.weight = torch.nn.Parameter(torch.randn(spec.size))
        self.optimizer = torch.optim.SGD([self.weight], lr=spec.rate, momentum=0.5)
        self.steps, self.scale = 0, 1.0
        self.views = (
            View(name="loss", kind="curve", title="Loss", series=(Series(metric="loss", title="loss"),)),
            View(name="weights", kind="bars", title="Weights", options={"size": spec.size}),
        )

    def step(self) -> None:
        if self.spec.trouble and self.steps >= self.spec.trouble_step:
            if self.spec.trouble == "crash":
                raise KeyError("a bolt")
            if self.spec.trouble == "kill":
                os._exit(3)
        if self.spec.nap:
            time.sleep(self.spec.nap)
        if self.spec.work:
            until = time.thread_time() + self.spec.work
            while time.thread_time() < until:
                pass
        noise = self.noise()
        self.optimizer.zero_grad()
        ((self.weight + 0.1 * noise) ** 2).sum().backward()
        self.optimizer.step()
        self.steps += 1
        if self.spec.trouble == "diverge" and self.steps >= self.spec.trouble_step:
            raise Diverged(f"The loss became infinite at update {self.steps}; try a smaller rate.")

    def noise(self) -> Any:
        return self.torch.randn(self.spec.size)

    def finished(self) -> str | None:
        if self.spec.epochs is not None and self.steps >= self.spec.epochs * self.steps_an_epoch:
            return f"All {self.spec.epochs} epochs are done."
        return None

    def frame(self, watched: frozenset[str] = frozenset()) -> Frame:
        self.torch.rand(3)  # a careless lab: the engine must see to it that this disturbs nothing
        weight = self.weight.detach()
        arrays: Mapping[str, np.ndarray] = {}
        if "weights" in watched:
            arrays = {"weights/values": (weight * self.scale).numpy().copy()}
        return Frame(
            step=self.steps,
            epoch=self.steps / self.steps_an_epoch,
            metrics={"loss": float((weight**2).sum()), "rate": self.spec.rate},
            arrays=arrays,
        )

    def constants(self) -> Mapping[str, np.ndarray]:
        return {"weights/axis": np.arange(self.spec.size)}

    def change(self, spec: Toy) -> None:
        self.spec = spec
        self.optimizer.param_groups[0]["lr"] = spec.rate

    def edit(self, parameter: str, index: tuple[int, ...], value: float) -> None:
        if parameter != "weight" or len(index) != 1 or not 0 <= index[0] < self.spec.size:
            raise ValueError(f"parameter: there is no {parameter!r} at {index}.")
        with self.torch.no_grad():
            self.weight[index[0]] = value

    def look(self, *, scale: float) -> None:
        self.scale = scale

    def state_dict(self) -> dict[str, Any]:
        return {"weight": self.weight.detach(), "optimizer": self.optimizer.state_dict(), "steps": self.steps}

    def load_state_dict(self, state: dict[str, Any]) -> None:
        with self.torch.no_grad():
            self.weight.copy_(state["weight"])
        self.optimizer.load_state_dict(state["optimizer"])
        self.steps = state["steps"]


class LateToyLab(ToyLab):
    """A toy that looks only now and then at whether it has diverged, and then goes back to the update that did it."""

    remark = "It looks late."

    def __init__(self, spec: Toy) -> None:
        super().__init__(spec)
        self.kept: Any = None
        self.waiting = 0

    def step(self) -> None:
        if not self.waiting:
            self.kept = copy.deepcopy(super().state_dict()), self.torch.get_rng_state()
        self.waiting += 1
        with contextlib.suppress(Diverged):  # nobody has seen it yet
            super().step()
        if self.waiting == self.spec.look_every:
            self.settle()

    def settle(self) -> None:
        made, self.waiting = self.waiting, 0
        if not made or self.steps < self.spec.trouble_step or self.spec.trouble != "diverge":
            return
        state, random = self.kept
        super().load_state_dict(state)
        self.torch.set_rng_state(random)
        for number in range(1, made + 1):
            try:
                super().step()
            except Diverged as error:
                raise Diverged(str(error), made - number) from None

    def frame(self, watched: frozenset[str] = frozenset()) -> Frame:
        assert not self.waiting, "the engine settles before it looks"
        return super().frame(watched)

    def change(self, spec: Toy) -> None:
        assert not self.waiting, "the engine settles before a change"
        super().change(spec)

    def edit(self, parameter: str, index: tuple[int, ...], value: float) -> None:
        assert not self.waiting, "the engine settles before an edit"
        super().edit(parameter, index, value)

    def state_dict(self) -> dict[str, Any]:
        assert not self.waiting, "the engine settles before a snapshot"
        return super().state_dict()

    def load_state_dict(self, state: dict[str, Any]) -> None:
        super().load_state_dict(state)
        self.waiting = 0


def make_lab(spec: Toy) -> ToyLab:
    return LateToyLab(spec) if spec.look_every > 1 else ToyLab(spec)


def double(x: float) -> float:
    return 2 * x


def pid() -> int:
    return os.getpid()


def complain() -> None:
    raise ZeroDivisionError("nothing to share")


def tensor() -> object:
    import torch

    return torch.ones(2)


def end() -> None:
    os._exit(3)


def alone(spec: Toy, steps: int, changes: Mapping[int, Mapping[str, Any]] | None = None) -> list[float]:
    """The weights after some updates, without any engine: the oracle."""
    lab = ToyLab(spec)
    for step in range(steps + 1):
        for name, value in (changes or {}).get(step, {}).items():
            if name == "rate":
                lab.change(lab.spec.replace({"rate": value}))
            else:
                lab.edit("weight", (int(name),), value)
        if step < steps:
            lab.step()
    return [float(value) for value in lab.weight.detach()]
