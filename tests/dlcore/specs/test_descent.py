from __future__ import annotations

import pytest

from dlcore.specs.descent import Descent, racers_for
from dlcore.specs.spec import SpecError, is_live
from dlcore.training.optimizers import OPTIMIZERS


def test_without_arguments_all_eight_race_down_a_valley() -> None:
    spec = Descent()
    assert [racer.optimizer.kind for racer in spec.racers] == [row.name for row in OPTIMIZERS]
    assert spec.settings == {"condition": 25.0, "angle": 0.0} and spec.spread == 0
    assert Descent.parse(spec.as_json()) == spec
    assert spec.racers[0].name == "Gradient descent" and spec.racers[6].name == "Adam"


def test_a_surface_may_bring_noise_of_its_own() -> None:
    noisy = Descent.parse({"surface": "noisy"})
    assert noisy.spread == noisy.row.noise > 0
    assert noisy.replace({"noise": 0.0}).spread == 0


def test_what_may_change_while_it_runs() -> None:
    spec = Descent()
    for path in ("racers.2.learning_rate", "racers.2.optimizer.momentum", "noise", "steps"):
        assert is_live(spec, path), path
    for path in ("surface", "start", "racers.0.title"):
        assert not is_live(spec, path), path


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"start": [5.0, 0.0]}, "start: expected a place on the surface, its first number from -4 to 4; received 5."),
        ({"start": [0.0, -4.5]}, "start: expected a place on the surface, its second number from -4 to 4; received"),
        ({"surface": "peak"}, "surface.kind: expected one of valley, saddle, .*; received 'peak'"),
        ({"surface.condition": 0.5}, "surface.condition: expected at least 1"),
        ({"racers.1.title": "Adam"}, "racers: expected a title of its own for each; received 'Adam' more than once"),
        ({"racers.0.learning_rate": 0.0}, r"learning_rate: expected more than 0"),
        ({"steps": 2_001}, "steps: expected at most 2,000"),
        ({"racers": []}, "racers: expected at least one ball that rolls; received none"),
    ],
)
def test_what_is_refused(changes: dict[str, object], said: str) -> None:
    with pytest.raises(SpecError, match=said):
        Descent().replace(changes)


def test_rates_for_an_unknown_surface_are_refused() -> None:
    with pytest.raises(ValueError, match="surface: expected one of valley"):
        racers_for("peak")
