"""A learner's own pictures, once they are kept: what there is, which part is for testing, where to train."""

from __future__ import annotations

import io

import numpy as np
import streamlit as st
from PIL import Image

from datasets.upload.folder import read_upload_images
from datasets.upload.images import Images
from datasets.upload.saving import IMAGES_FILE, images_as_zip
from dlcore.specs.own_images import OwnImages
from ui.plain_text import plain
from ui.studio.own_kept import remember
from ui.studio.own_toolbar import toolbar

_EACH, _SCALE = 10, 56  # pictures of a class that are shown, and their size on the screen


def prepare_images(data: OwnImages) -> None:
    """Draw the pictures, the split, and the buttons."""
    images = read_upload_images(data.upload)
    gallery(images)
    share = st.slider(
        "Test share",
        0.1,
        0.9,
        data.test_share,
        0.05,
        format="percent",
        help="Pictures that the network never learns from, of every class its share: how does it do on new ones?",
        key=f"own share {data.upload}",
    )
    if round(share, 4) != data.test_share:
        data = data.replace({"test_share": round(share, 4)})
        remember(data)
    toolbar(data, lambda: images_as_zip(read_upload_images(data.upload)), IMAGES_FILE, "application/zip")


def gallery(images: Images) -> None:
    """Some pictures of every class, as the network will see them."""
    shape = " × ".join(map(str, images.pictures.shape[1:]))
    st.caption(f"{len(images.labels):,} pictures of {shape} numbers, {len(images.classes)} classes")
    for number, name in enumerate(images.classes[:12]):
        rows = np.flatnonzero(images.labels == number)
        left, right = st.columns([1, 5], vertical_alignment="center")
        left.markdown(f"**{plain(name)}**  \n{len(rows):,}")
        right.image(_strip(images.pictures[rows[:_EACH]]))
    if len(images.classes) > 12:
        st.caption(f"… and {len(images.classes) - 12} more classes")


def _strip(pictures: np.ndarray) -> bytes:
    """Pictures (n, channels, side, side) side by side as one PNG file, with a gap between them."""
    seen = [np.repeat(picture, 3, axis=0) if len(picture) == 1 else picture for picture in pictures]
    tiles = [
        Image.fromarray(np.moveaxis(picture, 0, 2)).resize((_SCALE, _SCALE), Image.Resampling.NEAREST)
        for picture in seen
    ]
    strip = Image.new("RGBA", (len(tiles) * (_SCALE + 4) - 4, _SCALE))
    for number, tile in enumerate(tiles):
        strip.paste(tile, (number * (_SCALE + 4), 0))
    file = io.BytesIO()
    strip.save(file, "PNG")
    return file.getvalue()
