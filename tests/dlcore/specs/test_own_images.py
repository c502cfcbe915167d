from typing import Any

import numpy as np
import pytest

from dlcore.specs.layered import Layered
from dlcore.specs.own_images import OwnImages
from dlcore.specs.spec import SpecError
from tests.own import OWNER, own_images, sketches, uploads

ID = "A" * 22


def test_all_is_known_without_the_files() -> None:
    data = own_images(ID, sketches())
    assert (data.task, data.shape, data.count, data.card.classes) == ("binary", (1, 16, 16), 24, ("left", "right"))
    assert own_images(ID, sketches(channels=3)).shape == (3, 16, 16)
    assert OwnImages.parse(data.as_json()) == data
    spec = Layered().replace(Layered().adapted({"data": data.as_dict()}))
    assert spec.has_images and spec.walk.problem is None and spec.samples == 24


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"side": 1000}, "side: expected one of 16, 20, 28, 32, 48, 64; received 1000"),
        ({"classes": ["a", "a"]}, "classes: expected each class once"),
        ({"classes": ["a"]}, "classes: expected a list of at least 2"),
        ({"pictures": 5001}, "pictures: expected at most 5,000"),
        ({"upload": "x"}, "upload: "),
        ({"fold": 1}, "fold: without folds"),
    ],
)
def test_what_cannot_be_is_refused(changes: dict[str, Any], said: str) -> None:
    with pytest.raises(SpecError, match=said):
        own_images(ID, sketches()).replace(changes)


def test_pictures_come_as_numbers_from_0_to_1() -> None:
    images = sketches()
    with uploads() as store:
        data = own_images(store.add(OWNER, "sketches.zip", images).id, images)
        loaded = data.load()
        assert loaded.inputs.dtype == np.float32
        assert np.array_equal(np.round(loaded.inputs * 255).astype(np.uint8), images.pictures)
        with pytest.raises(ValueError, match="are not the ones that were uploaded"):
            data.replace({"side": 20}).load()
        with pytest.raises(ValueError, match="are not the ones that were uploaded"):
            data.replace({"classes": ["right", "left"]}).load()
