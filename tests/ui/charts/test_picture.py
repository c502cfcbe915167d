import base64
import io

import numpy as np
import pytest
from PIL import Image

from ui.charts.picture import GAP, data_uri, strip


def test_images_stand_side_by_side_and_come_back_from_the_file() -> None:
    images = np.zeros((3, 1, 4, 5), dtype=np.float32)
    images[1] = 1.0
    images[2, 0, 0, 0] = 0.5
    picture = strip(images)
    assert picture.shape == (4, 3 * 5 + 2 * GAP, 4)
    head, text = data_uri(picture).split(",")
    assert head == "data:image/png;base64"
    read = np.asarray(Image.open(io.BytesIO(base64.b64decode(text))))
    np.testing.assert_array_equal(read, picture)
    assert (read[:, 5 + GAP : 10 + GAP] == 255).all() and (read[:, :5, :3] == 0).all()
    assert read[0, 10 + 2 * GAP].tolist() == [128, 128, 128, 255]
    assert (read[:, 5 : 5 + GAP, 3] == 0).all(), "what lies between images is transparent"


def test_colours_keep_their_order() -> None:
    image = np.zeros((1, 3, 2, 2), dtype=np.float32)
    image[0, 0] = 1.0
    assert strip(image)[0, 0].tolist() == [255, 0, 0, 255]


@pytest.mark.parametrize("shape", [(0, 1, 2, 2), (1, 2, 2, 2)])
def test_what_is_no_image_is_refused(shape: tuple[int, ...]) -> None:
    with pytest.raises(ValueError, match="expected some of 1 or 3 channels; received the shape"):
        strip(np.zeros(shape))
