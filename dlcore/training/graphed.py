"""A function over tensors that a graphics card records once and then repeats in one launch: a CUDA graph.

To start one operation on a graphics card takes the processor about as long as a small one takes the card. An update of
a small network is a hundred of them; recorded, it is one. A recording repeats the same operations on the same memory:
numbers that Python computed in between are frozen in it, Python itself does not run again, and shapes cannot change.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from typing import Any, Generic, Protocol, TypeVar

import torch
from torch import Tensor

WARM_UP = 3  # calls that run as they are before one is recorded: in the first, libraries choose and allocate
SHAPES = 4  # recordings kept; full batches and the last one of an epoch need two

T = TypeVar("T")


class Recorder(Protocol):
    """What a function is recorded with."""

    def aside(self) -> AbstractContextManager[None]:
        """Where a function runs that is to be recorded later."""

    def record(self, function: Callable[[], T]) -> tuple[Callable[[], object], T]:
        """What repeats the function's operations on the same memory, and what it gave; nothing is computed yet.

        Raises: RuntimeError: it cannot be recorded.
        """


class CudaRecorder:
    """Records with `torch.cuda.CUDAGraph`, on a stream of its own, as PyTorch's notes on CUDA graphs ask for."""

    def __init__(self, device: torch.device) -> None:
        self._device = device
        self._stream = torch.cuda.Stream(device)  # type: ignore[no-untyped-call]
        self._pool = torch.cuda.graph_pool_handle()  # recordings for other shapes use the same memory

    @contextmanager
    def aside(self) -> Iterator[None]:
        """On the stream that records, after everything that was started before and before everything after."""
        present = torch.cuda.current_stream(self._device)
        self._stream.wait_stream(present)
        try:
            with torch.cuda.stream(self._stream):
                yield
        finally:
            present.wait_stream(self._stream)

    def record(self, function: Callable[[], T]) -> tuple[Callable[[], object], T]:
        """A graph's `replay`, and the tensors that it writes to."""
        graph = torch.cuda.CUDAGraph()
        # the outer stream context takes us back to the present stream where `graph` leaves with an error
        with torch.cuda.stream(self._stream), torch.cuda.graph(graph, pool=self._pool, stream=self._stream):
            found = function()
        return graph.replay, found


def recorder_for(device: torch.device) -> Recorder | None:
    """What records on a device; None where nothing is gained."""
    return CudaRecorder(device) if device.type == "cuda" else None


@dataclass(slots=True, eq=False)
class _Recording:
    """One function for inputs of certain shapes."""

    inputs: list[Tensor]  # the memory that the recorded operations read
    calls: int = 0
    repeat: Callable[[], object] | None = None
    result: Any = None


class Graphed(Generic[T]):
    """`graphed(*inputs)` does what `function(*inputs)` does, and soon by one launch.

    The function must do the same operations each time and may change tensors that stay where they are (weights, say);
    what differs from call to call must be in its inputs or in such tensors. Each shape of inputs has a recording of its
    own. Where recording fails, the function runs as it is for good, and `reason` says why.
    """

    def __init__(self, function: Callable[..., T], recorder: Recorder | None) -> None:
        self._function, self._recorder = function, recorder
        self._recordings: dict[Any, _Recording] = {}
        self.reason: str | None = None  # a sentence
        self.repeated = False  # whether the last call was a recording's

    @property
    def recorded(self) -> bool:
        """Whether there is a recording to repeat."""
        return any(recording.repeat is not None for recording in self._recordings.values())

    def forget(self) -> None:
        """Record anew before the next repetition: tensors have moved, or other operations are to be done."""
        self._recordings.clear()

    def __call__(self, *inputs: Tensor) -> T:
        """Do it once; what it gives are the function's own tensors, which the next call may overwrite."""
        self.repeated = False
        recording = self._recording_for(inputs)
        if recording is None or self._recorder is None:
            return self._function(*inputs)
        for kept, given in zip(recording.inputs, inputs, strict=True):
            kept.copy_(given, non_blocking=True)
        if recording.calls < WARM_UP:
            recording.calls += 1
            with self._recorder.aside():
                return self._function(*recording.inputs)
        if recording.repeat is None:
            try:
                recording.repeat, recording.result = self._recorder.record(lambda: self._function(*recording.inputs))
            except RuntimeError as error:
                self._give_up(error)
                return self._function(*recording.inputs)
        recording.repeat()
        self.repeated = True
        found: T = recording.result
        return found

    def _recording_for(self, inputs: Sequence[Tensor]) -> _Recording | None:
        if self._recorder is None or self.reason is not None:
            return None
        shapes = tuple((each.shape, each.dtype) for each in inputs)
        if shapes not in self._recordings:
            if len(self._recordings) == SHAPES:
                return None
            self._recordings[shapes] = _Recording([torch.empty_like(each) for each in inputs])
        return self._recordings[shapes]

    def _give_up(self, error: RuntimeError) -> None:
        first_line = str(error).strip().partition("\n")[0].rstrip(".")
        self.reason = (
            f"The graphics card could not record this update, so its operations are started one by one ({first_line})."
        )
        self.forget()
