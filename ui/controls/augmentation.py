"""How strongly images are changed by chance while a network learns from them: a slider for each way."""

from __future__ import annotations

from typing import Any

import streamlit as st

from dlcore.training.augmentations import AUGMENTATIONS, Augmentation
from ui.controls.form import Form

# what keeps a digit what it is, and small objects in photos, too
SENSIBLE = {row.name: row.usual for row in AUGMENTATIONS if row.name in ("rotate", "zoom", "shift")}


def augmentation_popover(form: Form, path: str) -> None:
    """A button that opens the sliders, and in words what is on; nothing where the samples are no images."""
    if not form.spec.has_images:
        return
    with st.popover(form.label("data.augmentation", path), icon=":material/auto_fix:", width="stretch"):
        augmentation_sliders(form, path)
    st.caption(said(form.value(path)))


def augmentation_sliders(form: Form, path: str, *, columns: int = 1) -> None:
    """The sliders, and buttons that set them all."""
    presets = st.container(horizontal=True, gap="small")
    for title, strengths, help in (
        ("All off", {}, "Learn from the images as they are."),
        ("Sensible", SENSIBLE, "A little turned, zoomed and shifted: still the same to a person."),
    ):
        presets.button(
            title, key=form.key(f"{path} {title}"), help=help, on_click=form.draft.change, args=({path: strengths},)
        )
    places = st.columns(columns) if columns > 1 else [st.container(gap="xsmall")]
    for number, row in enumerate(AUGMENTATIONS):
        with places[number * columns // len(AUGMENTATIONS)]:
            _slider(form, f"{path}.{row.name}", row)


def _slider(form: Form, path: str, row: Augmentation) -> None:
    whole = row.step >= 1

    def write(_spec: Any, chosen: float) -> dict[str, Any]:
        return {path: round(chosen, 4)}  # a slider's 0.15 is 0.15000000000000002

    st.slider(
        row.title,
        0.0,
        row.most,
        step=row.step,
        format="%g°" if whole else "percent" if row.unit in ("chance", "of the side") else "%.2f",
        help=row.summary,
        **form.bind(path, form.value(path), write),
    )


def said(strengths: Any) -> str:
    """What is on, in words: "Rotate 15°, Shift 0.1"."""
    on = [row for row in AUGMENTATIONS if getattr(strengths, row.name)]
    if not on:
        return "Off: the network learns from the images as they are."
    return ", ".join(f"{row.title} {getattr(strengths, row.name):g}{'°' if row.unit == '°' else ''}" for row in on)
