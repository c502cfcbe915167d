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
