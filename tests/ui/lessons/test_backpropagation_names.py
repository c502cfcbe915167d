"""Names of a network's numbers, and numbers as texts."""

from __future__ import annotations

import pytest

from dlcore.specs.traced import WORKED
from ui.lessons.backpropagation_names import Names, held, products, shown


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (1.1600000000000001, "1.16"),
        (0.05779999999999995, "0.0578"),
        (-0.33999999999999986, "−0.34"),
        (0.44420000000000004, "0.4442"),
        (-0.2864, "−0.2864"),
        (0.0, "0"),
        (2.0, "2"),
        (1200.0, "1200"),
        (0.99996, "1"),
        (1.25e-7, "1.25·10^(−7)"),
        (-3e12, "−3·10^(12)"),
        (float("inf"), "inf"),
    ],
)
def test_a_number_has_four_digits_and_no_zeros_at_its_end(value: float, text: str) -> None:
    assert shown(value) == text


def test_negative_factors_stand_in_brackets() -> None:
    assert (held(-0.5), held(0.5)) == ("(−0.5)", "0.5")
    assert products([("a", "b"), ("c", "d")], "×") == "a × b + c × d"


def test_units_are_numbered_through() -> None:
    names = Names(WORKED)
    assert [names[name] for name in ("input/0", "target/0", "loss")] == ["x", "y", "L"]
    assert [names[name] for name in ("weight/0/1/0", "weight/1/0/1", "bias/0/1")] == ["w_(x→2)", "w_(2→3)", "b_(2)"]
    assert [names[name] for name in ("sum/0/1", "unit/0/1", "sum/1/0")] == ["z_(2)", "a_(2)", "a_(3)"]
    assert names.below(0) == ["input/0"] and names.below(1) == ["unit/0/0", "unit/0/1"]
