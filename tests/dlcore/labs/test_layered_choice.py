from __future__ import annotations

import numpy as np
import pytest

from dlcore.labs.layered_choice import Choice, Offer

OFFER = Offer(parts={"train": 320, "test": 80}, shape=(1, 2, 2), layers={"conv1": 5, "dense1": 10})
IMAGE = [[0, 1], [0.5, 0]]


def test_what_is_not_given_stays() -> None:
    choice = OFFER.choose(Choice(), part="train", sample=100)
    choice = OFFER.choose(choice, gradients=True)
    choice = OFFER.choose(choice, exact="dense1", unit=9)
    found = (choice.part, choice.sample, choice.gradients, choice.exact, choice.unit)
    assert found == ("train", 100, True, "dense1", 9)
    assert OFFER.choose(choice, exact="").unit == 9


def test_an_image_of_ones_own_takes_the_samples_place_until_a_sample_is_chosen() -> None:
    drawn = OFFER.choose(OFFER.choose(Choice(), sample=7, gradients=True), image=IMAGE)
    assert drawn.image is not None and drawn.sample == 7
    np.testing.assert_array_equal(drawn.image, np.array([IMAGE], dtype=np.float32))
    assert drawn.gradients and not drawn.sends_gradients, "there is no label that a loss could compare with"
    assert OFFER.choose(drawn, exact="conv1").image is drawn.image
    assert OFFER.choose(drawn, sample=8).image is None
    assert OFFER.choose(drawn, part="train").image is None
    again = OFFER.choose(drawn, image=None)
    assert again.image is None and again.sample == 7 and again.sends_gradients


def test_an_image_wins_over_a_sample_that_is_given_with_it() -> None:
    """All that was chosen is given at once where a run is taken over."""
    assert OFFER.choose(Choice(), part="train", sample=3, image=IMAGE).image is not None
    assert OFFER.choose(Choice(), part="train", sample=3, image=None).image is None


@pytest.mark.parametrize(
    ("options", "said"),
    [
        ({"sample": 80}, "sample: expected 0 … 79 of the test part; received 80"),
        ({"sample": True}, "sample: expected"),
        ({"part": "all"}, "part: expected train or test; received 'all'"),
        ({"gradients": 1}, "gradients: expected true or false; received 1"),
        ({"exact": "pool9"}, "exact: expected one of conv1, dense1, or nothing; received 'pool9'"),
        ({"exact": "conv1", "unit": 5}, "unit: expected 0 … 4 of conv1; received 5"),
        ({"exact": "conv1", "unit": -1}, "unit: expected"),
        ({"exact": "conv1", "unit": 1.0}, "unit: expected"),
        ({"image": [[0, 2], [0, 0]]}, "image: expected numbers from 0"),
    ],
)
def test_what_does_not_exist_is_refused(options: dict[str, object], said: str) -> None:
    with pytest.raises(ValueError, match=said):
        OFFER.choose(Choice(), **options)  # type: ignore[arg-type]  # on purpose
    with pytest.raises(TypeError):
        OFFER.choose(Choice(), colour="red")  # type: ignore[call-arg]
