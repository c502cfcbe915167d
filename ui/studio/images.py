"""Images at a glance: some of each class, the mean of each class, and how bright pixels are."""

from __future__ import annotations

import html
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import streamlit as st

from datasets.overview import class_means, first_of_each, pixel_counts
from ui.charts import spread
from ui.charts.picture import data_uri, strip
from ui.studio.glance import show_chart

SHOWN = 12  # of each class
STYLE = Path(__file__).parent / "images.css"


def show_classes(images: np.ndarray, labels: np.ndarray, classes: Sequence[str]) -> None:
    """Samples of each class and its mean image, a row a class. `images` (n, channels, height, width) from 0 to 1."""
    st.subheader("What each class looks like", anchor=False)
    st.html(STYLE)
    st.html(f'<div class="studio-classes">{class_rows(images, labels, classes)}</div>')
    st.caption(
        "On the left the mean of all images of a class, pixel by pixel: sharp where they agree, blurred where they "
        "differ."
    )


def class_rows(images: np.ndarray, labels: np.ndarray, classes: Sequence[str]) -> str:
    """The rows as HTML: the class's name, its mean image, its first images."""
    means = class_means(images, labels, len(classes))
    rows = []
    for number, (name, chosen) in enumerate(zip(classes, first_of_each(labels, len(classes), SHOWN), strict=True)):
        if not len(chosen):
            continue
        said = html.escape(name)
        mean, some = data_uri(strip(means[number][None])), data_uri(strip(images[chosen]))
        rows.append(
            f'<b>{said}</b><img src="{mean}" alt="Mean image of {said}">'
            f'<span><img src="{some}" alt="{len(chosen)} images of {said}"></span>'
        )
    return "".join(rows)


def show_pixels(images: np.ndarray) -> None:
    """How bright the pixels of all images are."""
    st.subheader("How bright pixels are", anchor=False)
    edges, counts = pixel_counts(images)
    names = ("red", "green", "blue") if len(counts) == 3 else ()
    figures = [
        spread.Spread(title=f"{name} pixels" if name else "pixels", edges=edges, counts=row[None])
        for name, row in zip(names or ("",), counts, strict=True)
    ]
    show_chart(spread.figure(figures, columns=1), "pixels")
    dark, bright = (counts[:, place].sum() / counts.sum() for place in (0, -1))
    st.caption(f"0 is black, 1 is white. {dark:.0%} of all pixels are almost black, {bright:.0%} almost white.")
