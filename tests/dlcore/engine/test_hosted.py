import pytest
import torch
from toy import Toy, alone, make_lab

from dlcore.engine.hosted import Hosted
from dlcore.engine.messages import Entry, Restore
from dlcore.engine.randomness import set_random_state
from dlcore.labs.lab import Diverged


def hosted(spec: Toy, restore: Restore) -> Hosted:
    run = Hosted(1, spec, restore, make_lab)
    set_random_state(run.random)
    return run


def weights(run: Hosted) -> list[float]:
    return run.lab.state_dict()["weight"].tolist()  # type: ignore[no-any-return]


def test_a_run_restored_elsewhere_repeats_its_past_bit_for_bit() -> None:
    run = hosted(Toy(seed=5), Restore(generation=1))
    journal = (Entry(7, "change", {"changes": {"rate": 0.3}}), Entry(12, "edit", EDIT))
    for step in range(20):
        for entry in journal:
            if entry.step == step:
                run.apply(entry)
        if step == 10:
            snapshot = run.snapshot()
        run.step(0.0)
    torch.manual_seed(99)
    other = hosted(Toy(seed=5), Restore(generation=1, snapshot=snapshot, journal=journal, step=20, last_step=20))
    assert other.steps == 10 and other.applied == 1 and other.spec.rate == 0.3
    while not other.repeat():
        pass
    assert other.steps == 20 and other.applied == 2 and not other.behind
    assert weights(other) == weights(run) == alone(Toy(seed=5), 20, {7: {"rate": 0.3}, 12: {"1": 2.0}})


EDIT = {"parameter": "weight", "index": (1,), "value": 2.0}


def test_entries_of_the_goals_own_step_belong_to_it() -> None:
    journal = (Entry(0, "edit", EDIT), Entry(3, "edit", {**EDIT, "value": -1.0}))
    run = hosted(Toy(), Restore(generation=1, journal=journal, step=3, last_step=9))
    while not run.repeat():
        pass
    assert weights(run)[1] == -1.0 and run.behind
    run = hosted(Toy(), Restore(generation=1, journal=journal, step=2, last_step=9))
    while not run.repeat():
        pass
    assert weights(run) == alone(Toy(), 2, {0: {"1": 2.0}})


def test_a_run_knows_what_is_no_more_on_its_way() -> None:
    journal = [Entry(step, "edit", EDIT) for step in (2, 5, 8)]
    run = hosted(Toy(), Restore(generation=3, journal=tuple(journal), step=0, last_step=9, cuts=4))
    assert run.remembers(9, 3, 4) and not run.remembers(9, 2, 4)
    run.steps = 6
    run.leave_future()
    assert run.journal == journal[:2] and run.last_step == 6
    assert run.remembers(6, 3, 4) and not run.remembers(7, 3, 4)
    assert run.remembers(9, 3, 5), "whoever knows of it means the new way"
    run.steps = 2
    run.leave_future()
    assert run.journal == journal[:1] and not run.remembers(6, 3, 5) and run.remembers(2, 3, 4)


def test_a_speed_limit_catches_up_a_little_at_most() -> None:
    run = hosted(Toy(), Restore(generation=1, status="playing", speed=10.0))
    run.due = 100.0
    assert not run.runnable(99.99) and run.runnable(100.0)
    run.step(100.1)
    assert run.due == pytest.approx(100.1)
    run.step(105.0)
    assert run.due == 105.0


def test_the_end_can_be_passed_and_comes_back_when_a_change_moves_it_away() -> None:
    run = hosted(Toy(epochs=1), Restore(generation=1))
    for _ in range(10):
        assert run.over() is None
        run.step(0.0)
    assert run.over() == "All 1 epochs are done."
    run.disarm()
    run.step(0.0)
    assert run.over() is None
    run.apply(Entry(11, "change", {"changes": {"rate": 0.2}}))
    assert run.over() is None
    run.apply(Entry(11, "change", {"changes": {"epochs": 2}}))
    while run.over() is None:
        run.step(0.0)
    assert run.steps == 20


@pytest.mark.parametrize("last", [19, 20])
def test_a_past_that_ends_between_two_looks_still_counts_what_was_done_after_it(last: int) -> None:
    spec = Toy(seed=5, trouble="diverge", trouble_step=20, look_every=64)
    journal = (Entry(20, "edit", EDIT), Entry(20, "change", {"changes": {"rate": 0.3}}))
    run = hosted(spec, Restore(generation=1, journal=journal, step=20, last_step=20))
    for _ in range(last):
        assert not run.repeat()
    with pytest.raises(Diverged, match="at update 20;"):  # a slice may end anywhere
        while True:
            run.settle()
            run.repeat()
    assert (run.steps, run.applied, run.spec.rate) == (20, 2, 0.3)
    assert weights(run)[1] == 2.0


def test_the_time_before_play_is_no_part_of_the_rate() -> None:
    run = hosted(Toy(), Restore(generation=1))
    rates = []
    for status, now, updates in [
        ("ready", 0.0, 0),
        ("playing", 100.0, 0),  # after a while of reading
        ("playing", 100.25, 5),  # too early to say
        ("playing", 100.5, 5),
        ("playing", 101.5, 30),
        ("paused", 101.6, 0),
        ("playing", 200.0, 0),
        ("playing", 201.0, 8),
    ]:
        run.status = status
        for _ in range(updates):
            run.step(0.0)
        run.measure(now)
        rates.append(run.rate)
    assert rates == [0.0, 0.0, 0.0, 20.0, 30.0, 0.0, 0.0, 8.0]
