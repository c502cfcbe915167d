"""Charts take turns, slowly while something trains and quickly once it rests."""

from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise
from typing import Any

import pytest

pytestmark = pytest.mark.browser
Module = Callable[..., Any]
SCRIPT = """new Promise((done) => {
  const told = [];
  const job = (name) => () => {
    told.push([name, performance.now() - start]);
    if (told.length === a.count) done(told);
  };
  const start = performance.now();
  for (let i = 0; i < a.count; i++) m.enqueue(job(i));
  if (a.hurry) m.hurry();
})"""


def turns(module: Module, count: int, hurry: bool) -> list[tuple[int, float]]:
    """Which of `count` charts was drawn when (ms)."""
    return [(name, at) for name, at in module("plot-queue.js", SCRIPT, {"count": count, "hurry": hurry})]


def test_four_charts_a_second_in_the_order_of_asking(module: Module) -> None:
    told = turns(module, 4, hurry=False)
    assert [name for name, _ in told] == [0, 1, 2, 3]
    assert all(after - before > 240 for (_, before), (_, after) in pairwise(told))


def test_nobody_waits_long_where_nothing_trains(module: Module) -> None:
    told = turns(module, 8, hurry=True)
    assert [name for name, _ in told] == list(range(8))
    assert told[-1][1] < 1000, "at four a second it would be two seconds"
    again = turns(module, 3, hurry=False)  # the hurry was theirs alone
    assert again[2][1] - again[1][1] > 240


def test_hurrying_ends_where_new_ones_keep_asking(module: Module) -> None:
    script = """new Promise((done) => { const told = [];
      const job = () => { if (told.push(performance.now()) === 6) done(told); else m.enqueue(job.bind()); };
      m.enqueue(job.bind()); m.enqueue(job.bind()); m.hurry(); })"""
    told = module("plot-queue.js", script)
    assert all(after - before > 240 for before, after in pairwise(told[2:])), "two were there to hurry"


def test_a_job_that_was_taken_back_is_not_done(module: Module) -> None:
    script = """new Promise((done) => { const told = []; const jobs = ["a", "b"].map((name) => () => told.push(name));
      jobs.forEach(m.enqueue); m.withdraw(jobs[0]); m.hurry(); setTimeout(() => done(told), 400); })"""
    assert module("plot-queue.js", script) == ["b"]


@pytest.mark.parametrize(("costs", "pause"), [(20, 230), (400, 400), (3000, 1000)])
def test_after_a_dear_one_the_pictures_have_time_for_themselves(module: Module, costs: int, pause: int) -> None:
    script = """new Promise((done) => { let over;
      m.enqueue(() => { const began = performance.now(); do over = performance.now(); while (over - began < a); });
      m.enqueue(() => done(performance.now() - over)); })"""
    waited = module("plot-queue.js", script, costs)
    assert pause - 10 < waited < 3000, "as long as it took, but no longer than a second"
