import dataclasses

import numpy as np
import pytest

from datasets.upload.bounds import BadUpload
from datasets.upload.images import files_of_zip, read_images
from dlcore.specs.uploads import BOUNDS
from tests.datasets.upload.samples import BAD_ARCHIVES, TWO, Made, folders, made, png, zipped


def read(data: bytes, side: int = 12):  # type: ignore[no-untyped-def]  # what read_images gives
    files, others = files_of_zip(data, BOUNDS)
    return read_images(files, BOUNDS, side=side, colour="grey", left_out=others)


def test_a_folder_is_a_class() -> None:
    images = read(folders())
    assert images.classes == ("left", "right") and images.labels.tolist() == [0] * 4 + [1] * 4
    assert images.pictures.shape == (8, 1, 12, 12) and images.pictures.dtype == np.uint8
    dark = images.pictures[:, 0, 6, [1, 10]]
    assert (dark[:4, 0] < dark[:4, 1]).all() and (dark[4:, 0] > dark[4:, 1]).all()


def test_the_last_folder_counts_and_other_files_are_left_out() -> None:
    files = {f"set/{part}/{name}/{n}.PNG": png() for part in ("one", "two") for name in "ba" for n in range(2)}
    images = read(zipped(files | {"readme.txt": b"hello"}))
    assert images.classes == ("a", "b") and len(images.labels) == 8 and images.left_out == 1


@pytest.mark.parametrize(("content", "said"), BAD_ARCHIVES.values(), ids=BAD_ARCHIVES)
def test_bad_archives_are_refused_with_a_sentence(content: Made, said: str) -> None:
    with pytest.raises(BadUpload, match=said) as refusal:
        read(made(content))
    assert str(refusal.value).endswith(".")


def test_bounds_of_all_pictures_together() -> None:
    files = [(name.split("/")[0], name, content) for name, content in {**TWO, "b/2.png": png()}.items()]
    for changes, said in (
        ({"kept": 500}, "4 pictures of 1 × 12 × 12 are 576 numbers: at most 500"),
        ({"all_pixels": 500}, "more than 500 pixels together"),
        ({"files": 3}, "These are 4 pictures: at most 3"),
        ({"classes": 1}, "These are 2 classes: at most 1"),
        ({"name": 0}, "The class “a” has 1 characters: at most 0"),
    ):
        with pytest.raises(BadUpload, match=said):
            read_images(files, dataclasses.replace(BOUNDS, **changes), side=12, colour="grey")
