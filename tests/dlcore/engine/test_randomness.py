from dataclasses import dataclass
from typing import Any

import torch

from dlcore.engine.randomness import Randomness, random_state


@dataclass(eq=False)
class Somebody:
    random: Any


def seeded(seed: int) -> Somebody:
    torch.manual_seed(seed)
    return Somebody(random_state())


def draw() -> float:
    return float(torch.rand(()))


def test_borrowers_draw_their_own_sequences_however_they_alternate() -> None:
    expected = {}
    for seed in (1, 2):
        torch.manual_seed(seed)
        expected[seed] = [draw() for _ in range(4)]
    first, second = seeded(1), seeded(2)
    randomness, drawn = Randomness(), {1: list[float](), 2: list[float]()}
    for seed in (1, 1, 2, 1, 2, 2, 1, 2):
        randomness.lend(first if seed == 1 else second)
        drawn[seed].append(draw())
    assert drawn == expected


def test_what_happens_undisturbed_draws_nothing() -> None:
    torch.manual_seed(3)
    expected = [draw(), draw()]
    torch.manual_seed(3)
    randomness = Randomness()
    found = [draw()]
    with randomness.undisturbed():
        draw()
    assert [*found, draw()] == expected


def test_a_forgotten_borrower_is_not_written_to() -> None:
    somebody = seeded(4)
    randomness = Randomness()
    randomness.lend(somebody)
    randomness.forget(somebody)
    before = somebody.random
    randomness.lend(None)
    assert somebody.random is before
