from __future__ import annotations

import numpy as np
import pytest
from PIL import Image

from datasets.photos import PHOTOS, SIDE, Photo, load_photo
from datasets.shipped import find_file


@pytest.mark.parametrize("photo", PHOTOS, ids=lambda photo: photo.name)
def test_a_photo_is_a_square_of_means(photo: Photo) -> None:
    found = load_photo(photo)
    assert (found.shape, found.dtype) == ((SIDE, SIDE), np.uint8)
    assert found.std() > 20  # there is something to see
    with Image.open(find_file("skimage", f"data/{photo.name}.png")) as image:
        pixels = np.asarray(image.convert("L")).astype(float)
    block, (top, left) = photo.side // SIDE, photo.corner
    row, column = top + 7 * block, left + 30 * block
    assert found[7, 30] == round(pixels[row : row + block, column : column + block].mean())
    assert photo.source and photo.side % SIDE == 0
