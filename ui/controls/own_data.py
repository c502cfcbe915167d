"""The controls of data that a learner uploaded: which of theirs, and how a table's gaps are filled."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import streamlit as st

from datasets.preprocess.missing import TITLES
from ui.controls.fitting import with_data
from ui.controls.form import Draw, Form
from ui.controls.pickers import pick
from ui.pages import PAGES
from ui.studio.own_kept import all_kept

_STUDIO = next(page for page in PAGES if page.path == "data")


def has_own(kind: str) -> Callable[[], bool]:
    """Whether somebody who sees the page keeps data of a kind, `own_table` or `own_images`."""
    return lambda: any(data.kind == kind for data in all_kept())


def take_own(kind: str) -> Callable[[Any], Mapping[str, Any]]:
    """The changes with which a spec takes the data of a kind that were uploaded last."""

    def take(spec: Any) -> Mapping[str, Any]:
        return with_data(spec, next(data for data in reversed(all_kept()) if data.kind == kind).as_dict())

    return take


def _upload(form: Form, path: str) -> None:
    present = form.spec.data
    kept = {data.upload: data for data in all_kept() if data.kind == present.kind}
    titles = {present.upload: present.title} | {name: data.title for name, data in kept.items()}

    def write(spec: Any, chosen: str) -> Mapping[str, Any]:
        return with_data(spec, kept[chosen].as_dict()) if chosen in kept else {}

    help = "Data that you uploaded. They are yours alone, and go when you close LayerLab."
    pick(form, path, form.label("data.upload", path), titles, help=help, write=write)
    st.page_link(_STUDIO.script, label="Prepare them in the Data studio", query_params={"section": "own"})


def _missing(form: Form, path: str) -> None:
    titles = {str(kind): title.capitalize() for kind, title in TITLES.items()}
    help = "What stands in where a value is missing, measured on the training part alone."
    pick(form, path, form.label("data.missing", path), titles, help=help)


def _leak(form: Form, path: str) -> None:
    st.toggle(
        form.label("data.leak", path),
        help="A mistake, on purpose: gaps, scales and the choice of inputs are measured on the test part, too. "
        "The Data studio shows what that does.",
        **form.bind(path, form.value(path)),
    )


OWN: dict[str, Draw] = {"data.upload": _upload, "data.missing": _missing, "data.leak": _leak}
