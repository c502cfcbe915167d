"""The section with a card for every data set: what it is, where it comes from, and what is in it at a glance."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import streamlit as st

from datasets.dataset import Card, Dataset
from datasets.registry import DATASETS
from datasets.upload.folder import read_upload_images, read_upload_table
from ui.charts import lines
from ui.plain_text import plain
from ui.studio.glance import Columns, columns_of, show_balance, show_chart, show_pairs, show_rows, show_spreads
from ui.studio.images import show_classes, show_pixels
from ui.studio.opening import open_in
from ui.uploads import mine

PARAMETER = "set"  # of the address
MADE = 500  # samples that are made of a set that is a rule
SERIES = 6  # drawn together
_CHOSEN, _WIDGET = "studio set", "studio set menu"
_KINDS = {"generated": "made by a rule", "table": "a table", "images": "images", "series": "series"}


@dataclass(frozen=True, slots=True, kw_only=True)
class _Choice:
    title: str
    draw: Callable[[], None]


def data_sets() -> None:
    """Draw the section."""
    choices = _choices()
    names = tuple(choices)
    asked = st.query_params.get(PARAMETER, st.session_state.get(_CHOSEN, ""))
    name = asked if asked in choices else names[0]
    st.session_state[_CHOSEN] = st.session_state[_WIDGET] = name
    st.selectbox(
        "Data set",
        names,
        format_func=lambda row: choices[row].title,
        key=_WIDGET,
        on_change=lambda: st.query_params.update({PARAMETER: st.session_state[_WIDGET]}),
    )
    if st.query_params.get(PARAMETER) != name:
        st.query_params[PARAMETER] = name
    choices[name].draw()


def _choices() -> dict[str, _Choice]:
    found = {
        row.name: _Choice(title=f"{row.title} · {_KINDS[row.kind]}", draw=lambda row=row: _card(row))  # type: ignore[misc]
        for row in DATASETS
    }
    for upload in mine():
        draw = _own_table if upload.kind == "table" else _own_images
        title = f"{upload.title} · yours"
        found[upload.id] = _Choice(title=title, draw=lambda draw=draw, id=upload.id: draw(id))  # type: ignore[misc]
    return found


def _card(card: Card) -> None:
    data: dict[str, Any] = {"kind": card.kind, "name": card.name}
    about, picture = st.columns([3, 2], gap="large")
    with about:
        st.subheader(card.title, anchor=False)
        st.markdown(card.summary)
        open_in(data, len(card.shape or (1,)))
        st.markdown(_facts(card))
    with picture:
        dataset = _load(card, data)
        if card.classes:
            show_balance(dataset.targets, card.classes)
    if card.kind == "images":
        _images(dataset.inputs, dataset.targets, card.classes)
    elif card.kind == "series":
        _series(dataset)
    else:
        columns = columns_of(dataset)
        show_rows(columns, card.raw() if card.raw else None)
        show_spreads(columns)
        show_pairs(columns)


def _load(card: Card, data: Mapping[str, Any]) -> Dataset:
    """The samples; of a set that is a rule some, as noisy as chosen."""
    if card.samples is not None:
        return card.load()
    left, right = st.columns(2)
    noise = left.slider("Noise", 0.0, 0.5, 0.1, 0.05, format="percent", key="set noise", help="How far chance goes.")
    seed = right.number_input("Data seed", 0, 9999, 0, key="set seed", help="The same seed makes the same samples.")
    return card.load(samples=MADE, noise=noise, seed=int(seed))


def _facts(card: Card) -> str:
    what = f"{len(card.classes)} classes: {', '.join(card.classes)}" if card.classes else f"a number, {card.target}"
    rows = [
        ("Size", card.size if card.samples else f"as many {card.size} as you like"),
        ("To predict", what if not card.classes else f"{card.target}, {what}"),
        ("Source", card.source),
        ("Licence", card.licence),
        ("Mind", card.flaws),
    ]
    return "\n\n".join(f"**{title}:** {plain(text)}" for title, text in rows if text)


def _images(images: np.ndarray, labels: np.ndarray, classes: tuple[str, ...]) -> None:
    left, right = st.columns([3, 2], gap="large")
    with left:
        show_classes(images, labels, classes)
    with right:
        show_pixels(images)


def _series(dataset: Dataset) -> None:
    st.subheader("Some series", anchor=False)
    show_chart(lines.figure(dataset.inputs[:SERIES, 0], dataset.targets[:SERIES], target=dataset.target), "series")
    st.caption(f"The dot after each line is what is to be predicted: {dataset.target}.")
    show_spreads(Columns(names=(dataset.target,), values=dataset.targets[:, None]))


def _own_table(upload: str) -> None:
    table = read_upload_table(upload)
    kept = [number for number, column in enumerate(table.columns) if column.kind in ("number", "date")]
    everything = Columns(names=tuple(column.name for column in table.columns), values=table.values)
    show_rows(everything, None)
    for column, values in zip(table.columns, table.values.T, strict=True):
        if column.kind == "category":
            st.markdown(f"**{plain(column.name)}**")
            show_balance(values[~np.isnan(values)].astype(np.int64), column.categories)
    if kept:
        numbers = Columns(names=tuple(table.columns[number].name for number in kept), values=table.values[:, kept])
        show_spreads(numbers)
        show_pairs(numbers)


def _own_images(upload: str) -> None:
    found = read_upload_images(upload)
    images = found.pictures / np.float32(255)
    show_balance(found.labels, found.classes)
    _images(images, found.labels, found.classes)
