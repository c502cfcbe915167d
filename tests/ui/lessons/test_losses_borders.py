"""Points that are too right move the border of a unit without a sigmoid, and no other."""

from __future__ import annotations

from dlcore.labs.race import RaceLab
from ui.lessons.losses_borders import BORDERS, POINTS


def accuracies(points: str) -> list[float]:
    lab = RaceLab(BORDERS.replace({"base.data": POINTS[points], "base.training.epochs": 400}))
    for _ in range(400):
        lab.step()
    metrics = lab.frame().metrics
    return [metrics[f"{number}/train_accuracy"] for number in range(len(BORDERS.variants))]


def test_what_the_page_says_of_the_borders() -> None:
    alone, far = accuracies("Two clouds"), accuracies("Some lie far off")
    assert min(alone) > 0.92 and max(alone) - min(alone) < 0.05, alone
    squared, absolute, of_p, entropy = far
    assert squared < entropy - 0.02 and absolute < squared - 0.1, far
    assert abs(of_p - entropy) < 0.02 and entropy > 0.95, far
