import io

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from datasets.upload.bounds import BadUpload
from datasets.upload.pictures import Colour, read_picture
from dlcore.specs.uploads import BOUNDS
from tests.datasets.upload.samples import huge_png, png


def saved(picture: Image.Image, kind: str = "PNG", **options: object) -> bytes:
    file = io.BytesIO()
    picture.save(file, kind, **options)  # type: ignore[arg-type]  # Pillow declares it narrower
    return file.getvalue()


def read(data: bytes, side: int = 4, colour: Colour = "grey") -> np.ndarray:
    return read_picture("p.png", data, BOUNDS, side=side, colour=colour).values


def test_a_picture_of_the_size_that_is_kept_is_kept_as_it_is() -> None:
    values = np.arange(256, dtype=np.uint8).reshape(16, 16)
    assert np.array_equal(read(saved(Image.fromarray(values)), 16), values[None])
    colours = np.stack([values, values.T, values[::-1]], axis=2)
    assert np.array_equal(read(saved(Image.fromarray(colours)), 16, "rgb"), np.moveaxis(colours, 2, 0))


def test_resizing_is_the_mean_of_the_pixels_under_each_new_one() -> None:
    values = np.random.default_rng(0).integers(0, 256, (8, 8), dtype=np.uint8)
    means = values.reshape(4, 2, 4, 2).mean(axis=(1, 3))
    assert np.abs(read(saved(Image.fromarray(values)))[0] - means).max() <= 1


def test_the_square_is_cut_out_of_the_middle() -> None:
    values = np.zeros((4, 8), dtype=np.uint8)
    values[:, 2:6] = 200
    assert (read(saved(Image.fromarray(values))) == 200).all()


def test_grey_weighs_colours_and_rgb_keeps_them() -> None:
    red = saved(Image.new("RGB", (4, 4), (255, 0, 0)))
    assert (read(red) == 76).all()  # 0.299 · 255, the weight of red in ITU-R 601-2
    assert read(red, colour="rgb")[:, 0, 0].tolist() == [255, 0, 0]


def test_other_kinds_of_pixels() -> None:
    assert (read(saved(Image.new("RGBA", (4, 4), (0, 0, 0, 0)))) == 255).all(), "transparent is white"
    assert (read(saved(Image.fromarray(np.full((4, 4), 40_000, dtype=np.uint16)))) == 156).all()
    palette = Image.new("RGB", (4, 4), (255, 0, 0)).quantize(4)
    assert read(saved(palette), colour="rgb")[:, 0, 0].tolist() == [255, 0, 0]
    assert (read(saved(Image.new("1", (4, 4), 1))) == 255).all()


def test_jpeg_and_the_way_it_was_held() -> None:
    values = np.zeros((64, 64), dtype=np.uint8)
    values[:32] = 250  # bright above
    exif = Image.Exif()
    exif[0x0112] = 6  # turn by 90 degrees to the right to see it upright: then it is bright on the right
    seen = read(saved(Image.fromarray(values), "JPEG", exif=exif, quality=95))[0]
    assert (seen[:, 2:] > 240).all() and (seen[:, :2] < 10).all()
    large = saved(Image.fromarray(np.full((3000, 2000), 90, dtype=np.uint8)), "JPEG")
    assert np.abs(read(large, 28).astype(int) - 90).max() <= 1


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"", "is no picture that can be opened"),
        (b"GIF89a" + bytes(40), "is no picture"),
        (png(64)[:-30], "is no picture"),
        (png(64)[:60], "is no picture"),
        (saved(Image.new("L", (64, 64)), "JPEG")[:200], "is no picture"),
        (saved(Image.new("L", (8, 8)), "BMP"), "is no picture"),
        (huge_png(7000, 6000), "has 7,000 × 6,000 pixels: at most 40,000,000"),
        (huge_png(12_000, 12_000), "pixels: at most 40,000,000"),
        (huge_png(), "pixels: at most 40,000,000"),
    ],
)
def test_what_is_no_picture_is_refused(data: bytes, said: str) -> None:
    with pytest.raises(BadUpload, match=f"“p.png” {said}|“p.png” has .*{said}"):
        read(data)


@given(st.integers(0, 5000), st.binary(min_size=1, max_size=6), st.booleans())
@settings(max_examples=300, deadline=None)
def test_a_damaged_picture_is_read_or_refused(at: int, damage: bytes, jpeg: bool) -> None:
    data = bytearray(saved(Image.effect_noise((24, 24), 80.0), "JPEG" if jpeg else "PNG"))
    data[at % len(data) : at % len(data) + len(damage)] = damage
    try:
        values = read(bytes(data))
    except BadUpload as refusal:
        assert str(refusal).endswith(".")
    else:
        assert values.shape == (1, 4, 4)
