from types import SimpleNamespace
from typing import Any

import pytest

from dlcore.engine.shares import AGAIN, LEAST, MOST, Shares


def runs(*costs: float, status: str = "playing", epoch: int = 10) -> list[Any]:
    lab = SimpleNamespace(steps_an_epoch=epoch)
    return [
        SimpleNamespace(number=number, update_cost=cost, share=1.0, status=status, lab=lab)
        for number, cost in enumerate(costs)
    ]


@pytest.mark.parametrize(
    ("costs", "shares"),
    [
        ((0.001,), [1.0]),
        ((0.001, 0.001, 0.001), [1.0, 1.0, 1.0]),
        ((0.001, 0.002, 0.004), [0.5, 1.0, 2.0]),
        ((0.0001, 0.004, 0.004), [LEAST, 1.0, 1.0]),  # a fortieth of the cost: thirteen times as fast
        ((0.001, 0.5), [1.0, MOST]),  # the usual one of two is the cheap one
        ((0.001, 0.001, 0.5), [1.0, 1.0, MOST]),
        ((0.0, 0.001), [1.0, 1.0]),  # not measured yet
    ],
)
def test_dear_epochs_get_more_and_cheap_ones_less_within_bounds(costs: tuple[float, ...], shares: list[float]) -> None:
    all_runs = runs(*costs)
    Shares().find(all_runs, 1.0)
    assert [run.share for run in all_runs] == pytest.approx(shares)


def test_it_is_the_epoch_that_counts_not_the_update() -> None:
    many, few = runs(0.001, epoch=100)[0], runs(0.001, epoch=50)[0]
    few.number = 1
    Shares().find([many, few], 1.0)
    assert (many.share, few.share) == (2.0, 1.0)


def test_who_does_not_train_is_not_counted_and_shares_are_found_now_and_then() -> None:
    resting, training = runs(0.001, status="paused"), runs(0.004)
    shares = Shares()
    shares.find([*resting, *training], 1.0)
    assert training[0].share == 1.0
    later = runs(0.001, 0.002)
    shares.find(later, 1.0 + 0.9 * AGAIN)
    assert later[1].share == 1.0
    shares.find(later, 1.0 + AGAIN)
    assert later[1].share == 2.0
