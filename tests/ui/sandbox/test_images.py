from __future__ import annotations

import base64
import json

import numpy as np

from datasets.mnist import load_mnist
from datasets.photos import PHOTOS
from ui.sandbox.component import sandbox_data
from ui.sandbox.images import DIGITS, sandbox_images


def test_pixels_are_those_of_the_sets() -> None:
    images = sandbox_images()
    assert len(images) == len(DIGITS) + len(PHOTOS)
    mnist = load_mnist()
    for digit, image in zip(DIGITS, images, strict=False):
        pixels = np.frombuffer(base64.b64decode(image["pixels"]), np.uint8).reshape(image["size"])
        first = mnist.inputs[mnist.targets == digit][0, 0]
        np.testing.assert_array_equal(pixels, np.round(255 * first))
        assert image["title"] == f"A handwritten {digit}"


def test_what_goes_to_the_browser_is_plain_and_small() -> None:
    assert len(json.dumps(sandbox_data())) < 64_000
