from collections.abc import Iterator
from contextlib import contextmanager

import pytest
import torch

from dlcore.training.graphed import SHAPES, WARM_UP, Graphed, recorder_for
from tests.dlcore.tape import TapeRecorder


class Sum:
    """Adds what it is given to a total that stays in its place; counts how often Python was there."""

    def __init__(self) -> None:
        self.total, self.runs = torch.zeros(2), 0

    def __call__(self, x: torch.Tensor) -> torch.Tensor:
        self.runs += 1
        self.total += x.sum(0)
        return self.total * 2


def test_it_runs_aside_first_is_recorded_once_and_then_repeated():
    function, recorder = Sum(), TapeRecorder()
    graphed = Graphed(function, recorder)
    for number in range(1, 10):
        result = graphed(torch.full((3, 2), float(number)))
        expected = 3.0 * sum(range(1, number + 1))
        assert function.total.tolist() == [expected] * 2 and result.tolist() == [2 * expected] * 2
        assert graphed.recorded == graphed.repeated == (number > WARM_UP)
    assert (recorder.runs_aside, recorder.recordings, recorder.repetitions) == (WARM_UP, 1, 9 - WARM_UP)
    assert function.runs == WARM_UP + 1  # the recording itself changed nothing


def test_every_shape_is_recorded_on_its_own_and_too_many_are_not():
    function, recorder = Sum(), TapeRecorder()
    graphed = Graphed(function, recorder)
    for _ in range(WARM_UP + 2):
        for rows in range(1, SHAPES + 2):
            graphed(torch.ones(rows, 2))
            assert graphed.repeated is False or rows <= SHAPES
    assert recorder.recordings == SHAPES
    assert function.total.tolist() == [(WARM_UP + 2) * sum(range(1, SHAPES + 2))] * 2


def test_forgotten_it_is_recorded_anew():
    function, recorder = Sum(), TapeRecorder()
    graphed = Graphed(function, recorder)
    for number in range(2 * WARM_UP + 4):
        if number == WARM_UP + 2:
            graphed.forget()
            assert not graphed.recorded
            function.total = torch.zeros(2)  # it has moved, which a recording could not know
        graphed(torch.ones(1, 2))
    assert recorder.recordings == 2 and function.total.tolist() == [WARM_UP + 2.0] * 2


def test_what_cannot_be_recorded_runs_as_it_is_for_good():
    def asks(x: torch.Tensor) -> float:
        return x.sum().item()

    recorder = TapeRecorder()
    graphed = Graphed(asks, recorder)
    assert [graphed(torch.full((2,), float(number))) for number in range(WARM_UP + 4)] == [
        2.0 * number for number in range(WARM_UP + 4)
    ]
    assert not graphed.recorded and recorder.repetitions == 0
    assert graphed.reason is not None and "(operation not permitted when stream is capturing)" in graphed.reason


def test_an_error_of_the_function_itself_is_not_hidden():
    def broken(x: torch.Tensor) -> None:
        raise ValueError("x: expected something else")

    with pytest.raises(ValueError, match="something else"):
        Graphed(broken, TapeRecorder())(torch.ones(1))


def test_nothing_is_recorded_for_the_cpu():
    assert recorder_for(torch.device("cpu")) is None
    function = Sum()
    graphed = Graphed(function, None)
    for _ in range(WARM_UP + 3):
        graphed(torch.ones(1, 2))
    assert function.runs == WARM_UP + 3 and not graphed.repeated and graphed.reason is None


class FakeCuda:
    """Stands for `torch.cuda`: writes down what is asked of it, and refuses to record what raises."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.told: list[str] = []
        self.present = "usual"
        told = self.told
        cuda = self

        class Stream:
            def __init__(self, name: object = "own") -> None:
                self.name = name if isinstance(name, str) else "own"

            def wait_stream(self, other: "Stream") -> None:
                told.append(f"{self.name} waits for {other.name}")

        class CUDAGraph:
            def replay(self) -> None:
                told.append("replay")

        @contextmanager
        def stream(chosen: Stream) -> Iterator[None]:
            before, cuda.present = cuda.present, chosen.name
            try:
                yield
            finally:
                cuda.present = before

        class graph:
            def __init__(self, graph: CUDAGraph, *, pool: str, stream: Stream) -> None:
                told.append(f"record on {stream.name} with {pool}")

            def __enter__(self) -> None:
                self.before, cuda.present = cuda.present, "own"

            def __exit__(self, kind: object, *_: object) -> None:
                if kind is not None:  # PyTorch's leaves the stream as it is then
                    raise RuntimeError("CUDA error: capture failed")
                cuda.present = self.before

        for name, value in {
            "Stream": Stream,
            "stream": stream,
            "current_stream": lambda device: Stream(cuda.present),
            "graph_pool_handle": lambda: "one pool",
            "CUDAGraph": CUDAGraph,
            "graph": graph,
        }.items():
            monkeypatch.setattr(torch.cuda, name, value)


def test_cuda_graphs_are_recorded_and_replayed_as_pytorch_asks_for(monkeypatch):
    fake = FakeCuda(monkeypatch)
    streams = []
    graphed = Graphed(lambda x: streams.append(fake.present), recorder_for(torch.device("cuda")))
    for _ in range(WARM_UP + 3):
        graphed(torch.ones(1))
        assert fake.present == "usual"
    assert streams == ["own"] * (WARM_UP + 1)
    assert fake.told == [
        *["own waits for usual", "usual waits for own"] * WARM_UP,
        "record on own with one pool",
        *["replay"] * 3,
    ]


def test_where_cuda_fails_to_record_work_goes_on_where_it_went_before(monkeypatch):
    fake = FakeCuda(monkeypatch)
    runs = []

    def function(x: torch.Tensor) -> None:
        runs.append(fake.present)
        if len(runs) == WARM_UP + 1:
            raise RuntimeError("CUDA error: operation not permitted")

    graphed = Graphed(function, recorder_for(torch.device("cuda")))
    for _ in range(WARM_UP + 2):
        graphed(torch.ones(1))
    assert fake.present == "usual" and runs[WARM_UP:] == ["own", "usual", "usual"]
    assert graphed.reason is not None and "CUDA error" in graphed.reason
