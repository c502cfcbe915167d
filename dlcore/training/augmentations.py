"""Augmentation: the ways in which images to learn from are changed by chance, anew for every mini-batch."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True, slots=True, kw_only=True)
class Augmentation:
    """One way; `dlcore.training.augment` has the function of its name.

    A strength lies between 0 (off) and `most`, in `unit`; `usual` is one that keeps most pictures what they are. Kind
    `place` moves pixels, kind `value` changes them.
    """

    name: str
    title: str
    kind: Literal["place", "value"]
    summary: str
    unit: str
    most: float
    usual: float
    step: float  # of a slider


# in the order in which they are done: first all that moves pixels, as one movement
AUGMENTATIONS = (
    Augmentation(
        name="flip",
        title="Flip",
        kind="place",
        summary="Mirrors an image left to right, with this chance. Good for cats, bad for letters: few of them read "
        "the same in a mirror.",
        unit="chance",
        most=1.0,
        usual=0.5,
        step=0.05,
    ),
    Augmentation(
        name="upside_down",
        title="Upside down",
        kind="place",
        summary="Mirrors an image top to bottom, with this chance. Good where there is no up and down, as seen from "
        "above or through a microscope.",
        unit="chance",
        most=1.0,
        usual=0.5,
        step=0.05,
    ),
    Augmentation(
        name="rotate",
        title="Rotate",
        kind="place",
        summary="Turns an image around its middle by an angle between minus and plus this many degrees. Turned by "
        "180°, a 6 is a 9.",
        unit="°",
        most=180.0,
        usual=15.0,
        step=5.0,
    ),
    Augmentation(
        name="zoom",
        title="Zoom",
        kind="place",
        summary="Makes what is shown larger or smaller: by a factor between 1/(1 + z) and 1 + z.",
        unit="z",
        most=1.0,
        usual=0.15,
        step=0.05,
    ),
    Augmentation(
        name="shift",
        title="Shift",
        kind="place",
        summary="Moves an image left or right and up or down, each by at most this share of its side.",
        unit="of the side",
        most=0.5,
        usual=0.1,
        step=0.05,
    ),
    Augmentation(
        name="crop",
        title="Crop",
        kind="place",
        summary="Cuts a part out of an image, at a place chosen by chance, and enlarges it to the whole: at most this "
        "share of the side is cut away.",
        unit="of the side",
        most=0.8,
        usual=0.15,
        step=0.05,
    ),
    Augmentation(
        name="brightness",
        title="Brightness",
        kind="value",
        summary="Adds one number to all pixels of an image, between minus and plus this; black is 0, white is 1, and "
        "nothing goes beyond.",
        unit="b",
        most=1.0,
        usual=0.2,
        step=0.05,
    ),
    Augmentation(
        name="contrast",
        title="Contrast",
        kind="value",
        summary="Stretches or squeezes the pixels of an image around their mean: by a factor between 1/(1 + c) and "
        "1 + c.",
        unit="c",
        most=3.0,
        usual=0.5,
        step=0.1,
    ),
    Augmentation(
        name="noise",
        title="Noise",
        kind="value",
        summary="Adds a random number to every pixel, drawn from a normal distribution with this standard deviation.",
        unit="σ",
        most=1.0,
        usual=0.1,
        step=0.05,
    ),
    Augmentation(
        name="erase",
        title="Erase",
        kind="value",
        summary="Paints a black rectangle over an image, this share of its height and width large, with its middle at "
        "a place chosen by chance.",
        unit="of the side",
        most=1.0,
        usual=0.3,
        step=0.05,
    ),
)
