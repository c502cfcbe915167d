"""Three sizes on few noisy points: what the section says of them holds."""

from __future__ import annotations

import pytest

from dlcore.labs.registry import make_lab
from ui.lessons.overfitting_sizes import SIZES, TEST, part, points


@pytest.mark.parametrize("examples", [40, 80, 160, 400])
def test_every_choice_gives_its_points(examples: int) -> None:
    # also from a link of before, which holds fewer points
    older = SIZES.replace({"base.data": {**SIZES.base.data.as_dict(), **part(80), "train_samples": None}})
    few, chosen = (
        make_lab(spec.replace({f"base.data.{name}": value for name, value in points(count).items()}))
        for spec, count in ((SIZES, 40), (older, examples))
    )
    data = chosen.runners[0].lab.data
    assert (len(data.y_train), len(data.y_test)) == (examples, TEST)
    assert (data.x_test == few.runners[0].lab.data.x_test).all(), "the points for testing stay"


# Losses on training and on test points of 1, 4 and 2 × 16 units, data and weights of seeds 0 to 3:
# 0.42 0.65, 0.19 0.59, 0.00 1.94
# 0.53 0.69, 0.09 0.69, 0.01 1.14
# 0.52 0.68, 0.10 0.45, 0.00 1.07
# 0.50 0.62, 0.11 0.79, 0.00 1.57
@pytest.mark.slow
def test_the_small_one_under_fits_and_the_large_one_over_fits() -> None:
    lab = make_lab(SIZES)
    while lab.finished() is None:
        lab.step()
    found = lab.frame().metrics
    test, train = ([found[f"{number}/{part}_loss"] for number in range(3)] for part in ("test", "train"))
    assert train[0] > 0.4 and test[0] > 0.55, "wrong on both"
    assert train[2] < 0.1 and test[2] > 0.8 and test[2] == max(test)
