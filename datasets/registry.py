"""The data sets one can learn from, each with its card. A new one is a file beside this and a row here."""

from __future__ import annotations

import reprlib

from datasets.breast_cancer import BREAST_CANCER
from datasets.circle import CIRCLE
from datasets.dataset import Card
from datasets.diabetes import DIABETES
from datasets.digits import DIGITS
from datasets.fraud import FRAUD
from datasets.gauss import GAUSS
from datasets.hills import HILLS
from datasets.iris import IRIS
from datasets.mnist import MNIST
from datasets.moons import MOONS
from datasets.penguins import PENGUINS
from datasets.plane import PLANE
from datasets.rings import RINGS
from datasets.shapes import SHAPES
from datasets.sine import SINE
from datasets.spiral import SPIRAL
from datasets.textures import TEXTURES
from datasets.waves import WAVES
from datasets.wine import WINE
from datasets.xor import XOR

DATASETS: tuple[Card, ...] = (
    CIRCLE,
    XOR,
    GAUSS,
    SPIRAL,
    MOONS,
    RINGS,
    FRAUD,
    PLANE,
    HILLS,
    SINE,
    PENGUINS,
    IRIS,
    WINE,
    BREAST_CANCER,
    DIABETES,
    DIGITS,
    MNIST,
    SHAPES,
    TEXTURES,
    WAVES,
)


def card(name: str) -> Card:
    """The card of the data set called `name`.

    Raises: ValueError: there is no such data set; the sentence lists the names.
    """
    for row in DATASETS:
        if row.name == name:
            return row
    raise ValueError(f"name: expected one of {', '.join(row.name for row in DATASETS)}; received {reprlib.repr(name)}")
