import math

import pytest
import torch

from dlcore.training.lookout import AHEAD, PATIENCE, Lookout


def filled(values: list[float]) -> Lookout:
    lookout = Lookout(torch.device("cpu"))
    for value in values:
        lookout.note(torch.tensor(value))
        lookout.count()
    return lookout


def test_it_gives_all_numbers_in_order_and_begins_again():
    lookout = filled([0.5, math.inf, -2.0])
    assert lookout.waiting == 3
    assert lookout.look() == [0.5, math.inf, -2.0]
    assert lookout.waiting == 0 and lookout.look() == []
    lookout.note(torch.tensor([7.0], dtype=torch.float64))
    lookout.count()
    assert lookout.look() == [7.0]


@pytest.mark.parametrize(("each", "room"), [(PATIENCE / 10, 10), (PATIENCE / 1000, AHEAD), (10 * PATIENCE, 1)])
def test_as_many_wait_as_take_a_short_time(each, room, monkeypatch):
    clock = iter([100.0, 100.0 + 2 * each])
    monkeypatch.setattr("dlcore.training.lookout.perf_counter", lambda: next(clock))
    lookout = filled([1.0, 1.0])
    assert lookout.full  # nothing is known yet
    lookout.look()
    monkeypatch.undo()
    for _ in range(room):
        assert not lookout.full
        lookout.count()
    assert lookout.full
