"""Penguins of three species, measured in Antarctica."""

from __future__ import annotations

from functools import cache

import numpy as np

from datasets.dataset import Card, Dataset
from datasets.raw import RawTable, as_raw
from datasets.shipped import frozen, read_numbers, read_rows

_FEATURES = ("bill length (mm)", "bill depth (mm)", "flipper length (mm)", "body mass (g)")
_CLASSES = ("Adelie", "Chinstrap", "Gentoo")


@cache
def read_penguins() -> RawTable:
    """All 344 penguins as the file has them, with island, sex and year.

    Source: data/penguins.csv of the package palmerpenguins.
    """
    return as_raw(read_rows("palmerpenguins", "data/penguins.csv"), missing="NA")


@cache
def load_penguins() -> Dataset:
    """The penguins whose four measures are all known, (342, 4), in the order of the file; class = species.

    Source: data/penguins.csv of the package palmerpenguins; columns 3 to 6, species in column 1.
    """
    rows = read_rows("palmerpenguins", "data/penguins.csv")[1:]
    whole = [row for row in rows if "NA" not in row[2:6]]
    return Dataset(
        inputs=frozen(read_numbers([row[2:6] for row in whole])),
        targets=frozen(np.array([_CLASSES.index(row[0]) for row in whole], dtype=np.int64)),
        features=_FEATURES,
        target="species",
        classes=_CLASSES,
    )


PENGUINS = Card(
    name="penguins",
    title="Palmer penguins",
    kind="table",
    summary="Tell the species of a penguin from the length and depth of its bill, its flippers and its weight. No "
    "single measure is enough; two together nearly are.",
    features=_FEATURES,
    target="species",
    classes=_CLASSES,
    samples=342,
    load=load_penguins,
    raw=read_penguins,
    source="Measured near Palmer Station, Antarctica, 2007–2009: Gorman, Williams and Fraser, “Ecological sexual "
    "dimorphism and environmental variability within a community of Antarctic penguins”, PLoS ONE 9(3), e90081, 2014. "
    "Published as palmerpenguins by Horst, Hill and Gorman, 2020, doi:10.5281/zenodo.3960218.",
    licence="CC0 (public domain)",
    flaws="Two of the 344 penguins have no measures and are left out. There are 151 Adelie, 123 Gentoo and only 68 "
    "Chinstrap penguins. Males are larger than females, and the network is not told the sex.",
)
