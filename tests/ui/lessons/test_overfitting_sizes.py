"""Three sizes on few noisy points: what the section says of them holds."""

from __future__ import annotations

import pytest

from dlcore.labs.registry import make_lab
from ui.lessons.overfitting_sizes import SIZES, TEST, part


@pytest.mark.parametrize("examples", [40, 80, 160, 400])
def test_every_choice_gives_its_points(examples: int) -> None:
    lab = make_lab(SIZES.replace({f"base.data.{name}": value for name, value in part(examples).items()}))
    data = lab.runners[0].lab.data
    assert (len(data.y_train), len(data.y_test)) == (examples, TEST)


# Losses on training and on test points of 1, 4 and 2 × 16 units, data and weights of seeds 0 to 3:
# 0.45 0.66, 0.05 0.48, 0.00 1.26
# 0.57 0.59, 0.10 0.45, 0.00 0.97
# 0.51 0.66, 0.08 0.60, 0.00 1.98
# 0.51 0.64, 0.09 0.43, 0.00 0.82
@pytest.mark.slow
def test_the_small_one_under_fits_and_the_large_one_over_fits() -> None:
    lab = make_lab(SIZES)
    while lab.finished() is None:
        lab.step()
    found = lab.frame().metrics
    test, train = ([found[f"{number}/{part}_loss"] for number in range(3)] for part in ("test", "train"))
    assert train[0] > 0.4 and test[0] > 0.55, "wrong on both"
    assert train[2] < 0.1 and test[2] > 0.8 and test[2] == max(test)
