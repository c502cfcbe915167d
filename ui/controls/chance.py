"""A button that lets chance decide anew: other points, other first weights."""

from __future__ import annotations

import streamlit as st

from dlcore.specs import limits
from ui.controls.form import Form


def draw_anew(form: Form, label: str, *paths: str, help: str | None = None, key: str = "seed") -> None:
    """A button that takes the next seed at each of these dotted paths; after the largest comes 0.

    `key` tells it from others of the same form.
    """
    st.button(
        label,
        icon=":material/casino:",
        key=form.key(key),
        width="stretch",
        help=help,
        on_click=form.draft.change,
        args=({path: (form.value(path) + 1) % (limits.SEED + 1) for path in paths},),
    )
