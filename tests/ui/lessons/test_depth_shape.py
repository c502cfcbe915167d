"""One wide layer or several narrow ones: as many parameters, and where the difference shows over seeds."""

from __future__ import annotations

import statistics

import pytest

from dlcore.labs.race import RaceLab
from dlcore.specs.race import Race
from ui.lessons.depth_shape import ACTIVATIONS, RACE, TASKS, activation_of, variants

# Test scores after a whole training, in the order of SHAPES, a seed each, of weights and of data:
# spiral 3 to 7:  0.92 0.94 0.92 0.96 0.90 | 0.99 0.97 0.95 1.00 0.98 | 0.99 0.98 0.99 1.00 0.97
# hills 0 to 2:   0.69 0.51 0.50 (R²)      | 0.85 0.78 0.75           | 0.82 0.87 0.91
# circle 0 to 2:  0.97 0.98 0.97           | 0.97 0.98 0.97           | 0.97 0.98 0.97
# moons 0 to 2:   1.00 1.00 1.00           | 1.00 1.00 1.00           | 1.00 1.00 1.00


def test_the_three_have_nearly_the_same_number_of_parameters() -> None:
    for function in ACTIVATIONS:
        race = RACE.replace({"variants": variants(function)})
        counts = [member.walk.parameters for member in race.members]  # type: ignore[union-attr]
        by_hand = [2 * 84 + 84 + 84 + 1, 3 * 16 + 17 * 16 + 17, 3 * 11 + 12 * 12 + 13 * 11 + 12]
        assert counts == by_hand and max(counts) / min(counts) < 1.02
        assert activation_of(race) == function


@pytest.mark.parametrize("name", TASKS)
def test_every_task_can_be_trained(name: str) -> None:
    lab = RaceLab(RACE.replace(TASKS[name].changes(name)))
    lab.step()
    assert lab.frame(frozenset({"output_0"})).arrays["output_0/surface"].shape == (60, 60)


def scores(name: str, seeds: range) -> list[list[float]]:
    """The test scores of each shape, a seed each."""
    base = RACE.replace(TASKS[name].changes(name)).base
    found = []
    for row in RACE.variants:
        changes = [{"seed": seed, "data.seed": seed} for seed in seeds]
        race = Race.parse(
            {
                "base": base.replace(row.changes),
                "variants": [{"title": str(k), "changes": each} for k, each in enumerate(changes)],
            }
        )
        lab = RaceLab(race)
        while lab.finished() is None:
            lab.step()
        metrics = lab.frame().metrics
        found.append([metrics[f"{k}/{lab.probes.score}"] for k in range(len(seeds))])
    return found


@pytest.mark.slow
def test_depth_matters_on_the_hills_and_not_on_the_moons() -> None:
    wide, two, three = (statistics.fmean(row) for row in scores("hills", range(1, 3)))
    assert min(two, three) > wide + 0.1
    wide, two, three = (statistics.fmean(row) for row in scores("moons", range(1)))
    assert min(wide, two, three) > 0.98
