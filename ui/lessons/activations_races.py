"""What the races of the page on activation functions have in common: their data, and a button for another start."""

from __future__ import annotations

from typing import Any

import streamlit as st

from ui.controls.chance import draw_anew
from ui.controls.form import Form

CIRCLE = {"kind": "generated", "name": "circle", "samples": 400, "noise": 0.1}


def hidden(function: str, layers: int, units: int) -> list[dict[str, Any]]:
    """The hidden layers of a plain dense network, all of one kind."""
    return [{"units": units, "activation": function} for _ in range(layers)]


def another_start(form: Form) -> None:
    """A button that takes other first weights and other points: what was chance?"""
    draw_anew(
        form,
        "Other weights and points ↻",
        "base.seed",
        "base.data.seed",
        help="All networks begin anew, from other first weights and with other points: what stays the same?",
    )


def depth_setting(form: Form, depths: tuple[int, ...], present: int, change: Any, text: str) -> None:
    """How many hidden layers all networks have; `change(spec, layers)` gives the changes."""
    st.segmented_control(
        "Hidden layers ↻",
        tuple(sorted({*depths, present})),
        required=True,
        width="stretch",
        help=text,
        **form.bind("layers", present, change),
    )
