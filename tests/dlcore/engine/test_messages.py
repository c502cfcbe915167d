"""Every message goes through a real pipe and comes out as it went in, and nobody can change one under way."""

import dataclasses
import multiprocessing
from typing import Any

import numpy as np
import pytest
from toy import Toy

from dlcore.engine import messages
from dlcore.engine.errors import Refused
from dlcore.engine.messages import Built, Command, Cut, Entry, Hello, Noted, Reply, Restore, Taken, Update
from dlcore.engine.snapshots import Snapshot

SPEC = Toy(seed=3, rate=0.25)
ENTRY = Entry(7, "edit", {"parameter": "weight", "index": (2,), "value": -1.5})
SNAPSHOT = Snapshot(step=5, applied=1, state=b"\x00\xff")
SAMPLES: tuple[Any, ...] = (
    Command(4, 2, "change", {"changes": {"rate": 0.5}}),
    ENTRY,
    Restore(generation=2, snapshot=SNAPSHOT, journal=(ENTRY,), step=9, status="paused", views=frozenset({"loss"})),
    Hello(),
    Reply(4, {"rebuilt": True}),
    Built(2, 1, SPEC, 10, ({"name": "weights", "kind": "bars"},), {"weights/axis": np.arange(3, dtype=np.float32)}),
    Update(
        run=2, generation=1, status="playing", reason="", step=9, epoch=0.9, rate=120.0, speed=None, spec=SPEC,
        metrics={"loss": 0.125}, packet=b"frame",
    ),
    Noted(2, 1, ENTRY),
    Taken(2, 1, SNAPSHOT),
    Cut(2, 1, 5),
)  # fmt: skip


def through_a_pipe(message: Any) -> Any:
    ours, theirs = multiprocessing.Pipe()
    with ours, theirs:
        ours.send(message)
        assert theirs.poll(10)
        return theirs.recv()


def plain(value: Any) -> Any:
    """A value without arrays, whose comparison gives an array and no answer."""
    if isinstance(value, np.ndarray):
        return (str(value.dtype), value.shape, value.tolist())
    return {name: plain(item) for name, item in value.items()} if isinstance(value, dict) else value


def contents(message: Any) -> dict[str, Any]:
    return {row.name: plain(getattr(message, row.name)) for row in dataclasses.fields(message)}


def test_every_message_has_a_sample() -> None:
    kinds = {found for found in vars(messages).values() if dataclasses.is_dataclass(found)} - {Snapshot}
    assert {type(sample) for sample in SAMPLES} == kinds


@pytest.mark.parametrize("sample", SAMPLES, ids=lambda sample: type(sample).__name__)
def test_it_comes_out_of_a_pipe_as_it_went_in(sample: Any) -> None:
    got = through_a_pipe(sample)
    assert type(got) is type(sample) and got is not sample
    assert contents(got) == contents(sample)


@pytest.mark.parametrize("sample", SAMPLES, ids=lambda sample: type(sample).__name__)
def test_it_cannot_be_changed_under_way(sample: Any) -> None:
    for row in dataclasses.fields(sample):
        with pytest.raises(dataclasses.FrozenInstanceError):
            setattr(sample, row.name, None)
    assert not hasattr(sample, "__dict__")  # thousands lie in the journals


def test_a_refusal_keeps_its_kind_and_its_sentence() -> None:
    error = through_a_pipe(Reply(4, error=Refused("The training has ended."), traceback="where")).error
    assert type(error) is Refused and str(error) == "The training has ended."


def test_restoring_nothing_is_a_fresh_run() -> None:
    fresh, other = Restore(), Restore()
    assert (fresh.snapshot, fresh.journal, fresh.step, fresh.last_step) == (None, (), 0, 0)
    assert (fresh.status, fresh.reason, fresh.speed) == ("ready", "", None)
    assert fresh.look == {} and fresh.look is not other.look  # what one run looks at is not the other's
    assert through_a_pipe(fresh) == other
