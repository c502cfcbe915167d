from itertools import pairwise

from dlcore.engine.snapshots import Snapshot, Snapshots


def taken(step: int, size: int = 10) -> Snapshot:
    return Snapshot(step=step, applied=0, state=bytes(size))


def test_the_nearest_before_is_found() -> None:
    snapshots = Snapshots()
    for step in (0, 100, 50):
        snapshots.add(taken(step))
    found = [snapshots.at_or_before(step) for step in (0, 49, 50, 99, 1000)]
    assert [snapshot.step for snapshot in found if snapshot] == [0, 0, 50, 50, 100]
    assert snapshots.at_or_before(-1) is None and Snapshots().at_or_before(5) is None


def test_the_bytes_are_bounded_the_ends_stay_and_the_rest_is_even() -> None:
    snapshots = Snapshots(limit=200)
    for step in range(0, 10_000, 7):
        snapshots.add(taken(step))
        assert snapshots.size <= 200
        assert snapshots.steps[0] == 0 and snapshots.steps[-1] == step
    steps = snapshots.steps
    assert len(steps) == 20
    gaps = [after - before for before, after in pairwise(steps[:-1])]
    assert max(gaps) <= 3 * min(gaps)


def test_big_snapshots_leave_the_first_and_the_newest() -> None:
    snapshots = Snapshots(limit=200)
    for step in (0, 10, 20, 30):
        snapshots.add(taken(step, 1000))
    assert snapshots.steps == (0, 30)


def test_the_same_step_is_replaced_and_a_cut_forgets() -> None:
    snapshots = Snapshots()
    for step in (0, 10, 20, 10):
        snapshots.add(taken(step))
    assert snapshots.steps == (0, 10, 20) and snapshots.size == 30
    snapshots.truncate(10)
    assert snapshots.steps == (0, 10) and snapshots.size == 20
