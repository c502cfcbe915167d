"""Runs belong to a browser, outlive a reload, and outlive the worker that trains them."""

from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise

import pytest
from learner import Learner
from real_server import Server

pytestmark = pytest.mark.browser
Visit = Callable[..., Learner]


def test_a_reload_finds_the_same_run_at_rest_and_at_work(visit: Visit) -> None:
    learner = visit()
    run = learner.run
    learner.play()
    learner.until("live.store.frame.epoch >= 2")
    learner.pause()
    update, history = learner.update, learner.column("train_loss")
    learner.page.reload()
    learner.arrive()
    learner.until("live.store.frame.step === argument", update)
    assert learner.run == run and learner.update == update and learner.epoch >= 2
    learner.until("live.store.history.column('train_loss').length === argument", len(history))
    assert learner.column("train_loss") == history

    learner.play()
    learner.pass_updates(10)
    update = learner.update
    learner.page.reload()
    learner.arrive()
    assert learner.run == run and learner.status == "playing" and learner.update > update


def test_my_address_in_another_browser_is_a_run_of_its_own(visit: Visit) -> None:
    mine = visit()
    mine.tab("Training")
    mine.choose("Learning rate", "0.3")
    mine.until("live.store.state.changes['training.learning_rate'] === 0.3")
    mine.page.wait_for_function("() => location.search.includes('run=')")
    address = mine.page.evaluate("location.pathname + location.search")
    theirs = visit(address)
    assert theirs.run != mine.run
    assert theirs.spec("training.learning_rate") == 0.3, "the experiment came along"
    token = "live.props.token"
    assert theirs.live(token) != mine.live(token)
    theirs.play()
    theirs.pass_updates(10)
    assert mine.update == 0 and mine.status == "ready"


def test_a_run_outlives_its_worker(visit: Visit, server: Server) -> None:
    learner = visit()
    learner.play()
    learner.until("live.store.frame.epoch >= 2")
    generation, history = learner.generation, len(learner.column("step"))
    workers = server.workers
    assert workers, "there are worker processes"
    for worker in workers:
        worker.kill()
    learner.until("live.store.state.notice")
    step = learner.live("live.store.state.step")
    learner.page.get_by_test_id("note").wait_for(state="visible")
    assert learner.live("live.store.state.notice") == learner.shown("note")
    learner.until("live.store.state.status === 'playing' && live.store.frame.step > argument + 20", step)
    assert learner.generation == generation, "the same network goes on"
    steps = learner.column("step")
    assert len(steps) >= history and all(after > before for before, after in pairwise(steps))
    assert not {worker.pid for worker in server.workers} & {worker.pid for worker in workers}
    learner.pause()
