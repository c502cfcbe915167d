"""Controls of experiments with scenes: how many, how crowded and noisy, and how large the network is."""

from __future__ import annotations

from typing import Any

import streamlit as st

from dlcore.specs import limits
from ui.controls.form import Draw, Form
from ui.controls.pickers import seed, share

_SAMPLES = (100, 200, 500, 1000, limits.SCENES)
_CHANNELS = (2, 4, 6, 8, 12, 16)

DATA_ROWS = (
    ("data.samples",),
    ("data.objects", "data.clutter"),
    ("data.noise",),
    ("data.test_share",),
    ("data.seed",),
)


def scene_controls(form: Form) -> None:
    """Draw the controls of the scenes."""
    form.rows(DATA_ROWS, DATA_CONTROLS)
    st.caption("Grey scenes of 48 × 48 pixels with circles, squares and triangles.")


def _samples(form: Form, path: str) -> None:
    value = form.value(path)
    st.select_slider(
        form.label("data.samples", path),
        sorted({*_SAMPLES, value}),
        help="How many scenes are made, for training and testing together.",
        **form.bind(path, value),
    )


def _whole(form: Form, path: str, name: str, most: int, help: str, least: int = 0) -> None:
    st.slider(form.label(name, path), least, most, help=help, **form.bind(path, form.value(path)))


def _objects(form: Form, path: str) -> None:
    _whole(form, path, "data.objects", 4, "The most figures of a scene; every scene has one at least.", least=1)


def _clutter(form: Form, path: str) -> None:
    _whole(form, path, "data.clutter", 20, "Short strokes that lie behind the figures and mean nothing.")


def _noise(form: Form, path: str) -> None:
    help = "Standard deviation of the error of each pixel, in per cent of the way from black to white."
    share(form, path, form.label("data.noise", path), 0.0, 0.5, help=help)


def _test_share(form: Form, path: str) -> None:
    help = "Share of the scenes that the network never learns from; they tell how well it does on new ones."
    share(form, path, form.label("data.test_share", path), 0.1, 0.9, help=help)


def _seed(form: Form, path: str) -> None:
    seed(form, path, form.label("data.seed", path), "New data", "The same seed makes and splits the same scenes.")


def levels(form: Form, path: str) -> None:
    """How often the network halves its maps."""
    field: Any = type(form.spec.network).model_fields["levels"]
    least, most = (
        bound for part in field.metadata for bound in (getattr(part, "ge", None), getattr(part, "le", None)) if bound
    )
    st.slider(
        form.label("network.levels", path),
        least,
        most,
        help="How often maps are halved: each level sees larger things and doubles the channels. A detector's cells "
        "are $2^{\\text{levels}}$ pixels wide, and a cell can find one figure.",
        **form.bind(path, form.value(path)),
    )


def channels(form: Form, path: str) -> None:
    """How many maps the first level has."""
    value = form.value(path)
    st.select_slider(
        form.label("network.channels", path),
        sorted({*_CHANNELS, value}),
        help="Maps of the first level: more can see more kinds of edges, and take longer.",
        **form.bind(path, value),
    )
    spec = form.spec
    st.caption(f"{spec.parameters:,} parameters, {spec.multiply_adds / 1e6:,.1f} million multiply-adds a scene.")


DATA_CONTROLS: dict[str, Draw] = {
    "data.samples": _samples,
    "data.objects": _objects,
    "data.clutter": _clutter,
    "data.noise": _noise,
    "data.test_share": _test_share,
    "data.seed": _seed,
}
