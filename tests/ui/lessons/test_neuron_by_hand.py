"""The points to separate by hand: how many mistakes a line needs, against all lines that there are."""

from __future__ import annotations

import itertools

import numpy as np
import pytest

from ui.lessons.neuron_by_hand import TASKS, Task


def fewest_mistakes(points: np.ndarray) -> int:
    """Over all straight borders: of each way to cut finitely many points, a line through two of them is a limit."""
    at, labels = points[:, :2], points[:, 2]
    best = len(points)
    for i, j in itertools.combinations(range(len(points)), 2):
        along = at[j] - at[i]
        side = (at - at[i]) @ np.array([-along[1], along[0]])
        near = np.isclose(side, 0)
        for share in itertools.product((-1.0, 1.0), repeat=int(near.sum())):  # the two fall to either side
            signs = np.where(near, 0.0, np.sign(side))
            signs[near] = share
            wrong = int(((signs > 0) != (labels == 1)).sum())
            best = min(best, wrong, len(points) - wrong)
    return best


@pytest.mark.parametrize("task", TASKS, ids=lambda task: task.name)
def test_a_task_says_how_many_mistakes_the_best_line_makes(task: Task) -> None:
    points = np.array(task.points)
    assert fewest_mistakes(points) == task.fewest
    assert np.abs(points[:, :2]).max() <= 3, "inside the plane that is drawn"
    assert {0, 1} == set(points[:, 2])


def test_xor_needs_a_mistake_by_the_proof_that_the_page_gives() -> None:
    corners = np.array(next(task.points for task in TASKS if task.name == "xor"))
    for label in (0, 1):
        assert (corners[corners[:, 2] == label, :2].sum(axis=0) == 0).all(), "the weights cancel, and 2b is left"
