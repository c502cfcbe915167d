"""The few widgets that several controls share: menus, scales, shares, numbers that may be absent, seeds."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import streamlit as st

from dlcore.specs import limits
from ui.controls.chance import draw_anew
from ui.controls.form import Form, Write


def pick(
    form: Form,
    path: str,
    label: str,
    options: Mapping[str, str],
    *,
    help: str,
    value: str | None = None,
    write: Write | None = None,
    hide_label: bool = False,
) -> None:
    """A menu of names with their titles; `value` where the spec does not hold the name at the path itself."""
    st.selectbox(
        label,
        tuple(options),
        format_func=options.__getitem__,
        help=None if hide_label else help,
        label_visibility="collapsed" if hide_label else "visible",
        **form.bind(path, form.value(path) if value is None else value, write, titles=tuple(options.values())),
    )


def segments(
    form: Form, path: str, label: str, options: Mapping[str, str], *, help: str, write: Write | None = None
) -> None:
    """A few names with their titles, side by side."""
    st.segmented_control(
        label,
        tuple(options),
        format_func=options.__getitem__,
        required=True,
        width="stretch",
        help=help,
        **form.bind(path, form.value(path), write),
    )


def share(
    form: Form, path: str, label: str, least: float, most: float, *, help: str, value: float | None = None
) -> None:
    """A slider for a share of the whole, in steps of 5 %; `value` where the spec itself holds none."""
    st.slider(
        label,
        least,
        most,
        step=0.05,
        format="percent",
        help=help,
        # a slider's 0.15 is 0.15000000000000002
        **form.bind(path, form.value(path) if value is None else value, lambda _spec, chosen: {path: round(chosen, 4)}),
    )


def scale(form: Form, path: str, label: str, values: Sequence[float], *, help: str) -> None:
    """A menu of usual numbers, the present one among them whatever it is."""
    present = form.value(path)
    st.selectbox(
        label,
        sorted({*values, present}),
        format_func=lambda value: f"{value:g}",
        help=help,
        **form.bind(path, present),
    )


def number(
    form: Form,
    path: str,
    label: str,
    *,
    help: str,
    least: float,
    most: float,
    step: float,
    value: Any = ...,
    write: Write | None = None,
    placeholder: str | None = None,
    hide_label: bool = False,
) -> None:
    """A field for one number; with `placeholder` it may be empty, which is None in the spec."""
    options: dict[str, Any] = {
        "min_value": least,
        "max_value": most,
        "step": step,
        # "%g" keeps 0.001 and 1000 both readable; whole numbers have a format of their own
        "format": "%d" if isinstance(step, int) else "%g",
        "help": None if hide_label else help,
        "label_visibility": "collapsed" if hide_label else "visible",
    }
    if placeholder:
        options |= {"value": None, "placeholder": placeholder}
    st.number_input(label, **options, **form.bind(path, form.value(path) if value is ... else value, write))


def seed(form: Form, path: str, label: str, button: str, help: str) -> None:
    """A seed as a number, and a button that takes the next one."""
    left, right = st.columns([1, 1], vertical_alignment="bottom")
    with left:
        number(form, path, label, help=help, least=0, most=limits.SEED, step=1)
    with right:
        following = (form.value(path) + 1) % (limits.SEED + 1)
        draw_anew(form, button, path, help=f"Takes the next seed, {following}.", key=f"{path} next")
