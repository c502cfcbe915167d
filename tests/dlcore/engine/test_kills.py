from dlcore.engine.kills import Kills


def test_three_within_a_minute_are_too_many_and_then_it_begins_anew() -> None:
    kills = Kills()
    assert [kills.add(now) for now in (0.0, 30.0, 59.9)] == [False, False, True]
    assert [kills.add(now) for now in (60.0, 61.0, 62.0)] == [False, False, True]


def test_those_of_a_minute_ago_are_forgotten() -> None:
    kills = Kills()
    assert not any(kills.add(now) for now in (0.0, 30.0, 60.0, 90.0, 120.0))
    assert kills.add(149.9)
