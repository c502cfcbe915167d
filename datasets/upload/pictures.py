"""One picture that a learner brings: a PNG or JPEG file as a small square of numbers."""

from __future__ import annotations

import io
import struct
import zlib
from dataclasses import dataclass
from typing import Literal

import numpy as np
from PIL import Image, ImageOps

from datasets.upload.bounds import BadUpload, Bounds, quoted

Colour = Literal["grey", "rgb"]
CHANNELS: dict[Colour, int] = {"grey": 1, "rgb": 3}
_BROKEN = (OSError, SyntaxError, ValueError, TypeError, KeyError, IndexError, EOFError, struct.error, zlib.error)


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class Picture:
    """A square of numbers (channels, side, side) uint8, 0 black … 255 white, and how many pixels it came from."""

    values: np.ndarray
    pixels: int


def read_picture(name: str, data: bytes, bounds: Bounds, *, side: int, colour: Colour) -> Picture:
    """Decode one file, turn it upright, cut a square out of its middle, and resize that to `side` × `side`.

    The size that the file states is looked at before anything is decoded. What is transparent becomes white.

    Raises: BadUpload: it is no PNG or JPEG picture, damaged, or larger than what is read.
    """
    try:
        with Image.open(io.BytesIO(data), formats=("PNG", "JPEG")) as picture:
            pixels = picture.width * picture.height
            if pixels > bounds.pixels:
                raise _too_large(name, f"{picture.width:,} × {picture.height:,}", bounds)
            picture.draft(None, (4 * side, 4 * side))  # JPEG only: large ones are decoded smaller, many times faster
            square = ImageOps.fit(_plain(ImageOps.exif_transpose(picture), colour), (side, side), Image.Resampling.BOX)
    except (Image.DecompressionBombError, Image.DecompressionBombWarning):
        raise _too_large(name, "far too many", bounds) from None
    except BadUpload:
        raise
    except _BROKEN:
        raise BadUpload(
            f"{quoted(name)} is no picture that can be opened: expected a whole PNG or JPEG file, and this is another "
            "kind of file, cut off or damaged."
        ) from None
    values = np.asarray(square, dtype=np.uint8)
    return Picture(values=values[None] if values.ndim == 2 else np.moveaxis(values, 2, 0), pixels=pixels)


def _plain(picture: Image.Image, colour: Colour) -> Image.Image:
    if picture.mode.startswith("I"):  # 16 bits of grey
        picture = Image.fromarray((np.asarray(picture).clip(0, 65535) // 256).astype(np.uint8))
    if picture.has_transparency_data:
        seen = picture.convert("RGBA")
        picture = Image.new("RGBA", seen.size, "white")
        picture.alpha_composite(seen)
    return picture.convert("L" if colour == "grey" else "RGB")


def _too_large(name: str, size: str, bounds: Bounds) -> BadUpload:
    return BadUpload(
        f"{quoted(name)} has {size} pixels: at most {bounds.pixels:,} are read. Make it smaller; it is resized anyhow."
    )
