"""A deep network that diverges within a few updates, and the cures with which it trains."""

from __future__ import annotations

import pytest

from dlcore.labs.race import RaceLab
from ui.lessons.depth_explosion import AS_IT_IS, CLIP, RACE, variants


@pytest.mark.slow
def test_it_diverges_with_a_sentence_of_its_own_and_trains_with_a_cure() -> None:
    lab = RaceLab(RACE.replace({"base.training.epochs": 15}))
    while lab.finished() is None:
        lab.step()
    runners = {runner.title: runner for runner in lab.runners}
    assert (runners[AS_IT_IS].left or 99) <= 4 and runners[AS_IT_IS].lost.startswith("The loss became")
    assert f"Diverged, their steps being too large: “{AS_IT_IS}” at update" in (lab.finished() or "")
    metrics = lab.frame().metrics
    # R² after 100 epochs, seeds 0 to 9: without a cure 9 diverge by update 3 and one is dead (0.0);
    # batch norm 0.67 to 0.78; clipping 0.56 to 0.93
    assert min(metrics[f"{k}/test_r2"] for k in (1, 2, 3)) > 0.1
    assert all(not runner.lost for title, runner in runners.items() if title != AS_IT_IS)


def test_a_tiny_learning_rate_survives() -> None:
    lab = RaceLab(RACE.replace({"base.training.learning_rate": 0.0001}))
    for _ in range(50):
        lab.step()
    assert not any(runner.lost for runner in lab.runners)


def test_the_clip_is_that_of_the_two_variants_that_have_one() -> None:
    race = RACE.replace({"variants": variants(10.0)})
    clips = {row.title: row.changes.get("training.gradient_clip") for row in race.variants}
    assert clips == {AS_IT_IS: None, "Batch norm": None, CLIP: 10.0, "Both": 10.0}
