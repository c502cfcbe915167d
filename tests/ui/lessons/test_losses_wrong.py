"""Cross-entropy gets out of a sure mistake in a fraction of the epochs that the squared error needs."""

from __future__ import annotations

from dlcore.labs.race import RaceLab
from ui.lessons.losses_wrong import WRONG


def test_what_the_page_says_of_the_race() -> None:
    lab = RaceLab(WRONG)
    start = lab.frame().metrics
    assert [start[f"{number}/train_accuracy"] for number in (0, 1)] == [0.0, 0.0]
    right: dict[int, int] = {}
    for epoch in range(1, 201):
        lab.step()
        metrics = lab.frame().metrics
        for number in (0, 1):
            if metrics[f"{number}/train_accuracy"] == 1.0:
                right.setdefault(number, epoch)
    assert 10 <= right[1] <= 25 and 100 <= right[0] <= 180, right
