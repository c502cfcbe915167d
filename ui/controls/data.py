"""The Data tab: which data, how many, how noisy, which part is kept for testing, what is seen of a table."""

from __future__ import annotations

from typing import Any

import streamlit as st

from datasets.dataset import Card
from datasets.registry import DATASETS, card
from dlcore.specs import limits
from dlcore.specs.data import TableData
from dlcore.specs.spec import SpecError
from ui.code import samples
from ui.controls.augmentation import augmentation_popover
from ui.controls.fitting import first_points, with_data, with_points
from ui.controls.form import Draw, Form
from ui.controls.pickers import pick, seed, segments, share
from ui.controls.registry import is_hidden

_KINDS = {"generated": "Made", "table": "Real", "drawn": "Drawn"}
_SAMPLES = (20, 50, 100, 200, 300, 500, 1000, 2000, limits.SAMPLES)
_SCALINGS = {"standard": "Standard", "minmax": "Min–max", "none": "None"}

_ROWS = (
    ("data.kind",),
    ("data.name",),
    ("data.points",),
    ("data.features",),
    ("data.scaling",),
    ("data.axes",),
    ("data.samples", "data.noise"),
    ("data.test_share",),
    ("data.seed",),
    ("data.augmentation",),
)


def data_controls(form: Form) -> None:
    """Draw the controls of the data."""
    form.rows(_ROWS, _CONTROLS)
    if is_hidden("data.download", form.hidden):
        return
    data = form.spec.data  # asked for now: when the file is made, outside the script, there is no session to ask
    st.download_button(
        "Download the samples (.csv)",
        lambda: samples(data),
        "samples.csv",
        "text/csv",
        key=form.key("data.download"),
        type="tertiary",
        icon=":material/download:",
        help="Every sample in its own units, with its answer and whether it is for training or testing.",
        on_click="ignore",
    )


def _offered(spec: Any, kind: str) -> list[Card]:
    """The data sets of a kind that this experiment accepts: a perceptron, say, tells two classes apart and no more."""
    return [row for row in DATASETS if row.kind == kind and _accepts(spec, {"kind": kind, "name": row.name})]


def _accepts(spec: Any, data: dict[str, Any]) -> bool:
    try:
        spec.replace(with_data(spec, data))
    except SpecError:
        return False
    return True


def _kind(form: Form, path: str) -> None:
    def write(spec: Any, kind: str) -> dict[str, Any]:
        if kind == "drawn":
            return with_points(spec, first_points(spec.data))
        first: dict[str, Any] = next(({"name": row.name} for row in _offered(spec, kind)), {})
        return with_data(spec, {"kind": kind, "seed": spec.data.seed} | first)

    segments(
        form,
        path,
        form.label("data.kind", path),
        _KINDS,
        help="**Made** by a rule on the plane, **real** measurements, or points **drawn** by your own hand.",
        write=write,
    )


def _name(form: Form, path: str) -> None:
    data = form.spec.data
    present = data.card

    def write(spec: Any, name: str) -> dict[str, Any]:
        kept = spec.data.as_dict() | {"name": name}
        # features and axes belong to the table that is left behind
        return with_data(spec, {key: kept[key] for key in kept if key not in ("features", "axes")})

    pick(
        form,
        path,
        form.label("data.name", path),
        {row.name: row.title for row in _offered(form.spec, data.kind)},
        help=present.summary,
        write=write,
    )
    left, right = st.columns([3, 2], vertical_alignment="center")
    left.caption(_task(present))
    with right.popover("About", icon=":material/info:", width="stretch"):
        _about(present)


def _task(present: Card) -> str:
    what = f"{len(present.classes)} classes" if present.classes else "a number to predict"
    return f"{present.samples} samples, {what}" if present.samples else what[0].upper() + what[1:]


def _about(present: Card) -> None:
    st.markdown(f"**{present.title}.** {present.summary}")
    st.caption(f"Predict: {present.target}. Source: {present.source} Licence: {present.licence}")
    if present.flaws:
        st.caption(f"Mind: {present.flaws}")


def _points(_form: Form, _path: str) -> None:
    # no numbers here: points that are too few to learn from are not part of the experiment, but are on the plane
    st.caption("Choose a class beside the output, then click or drag on it.")


def _samples(form: Form, path: str) -> None:
    value = form.value(path)
    st.select_slider(
        form.label("data.samples", path),
        sorted({*_SAMPLES, value}),
        help="How many points are made, for training and testing together.",
        **form.bind(path, value),
    )


def _noise(form: Form, path: str) -> None:
    help = "How far chance moves the points: 0 % not at all, 50 % almost beyond recognition."
    share(form, path, form.label("data.noise", path), 0.0, 0.5, help=help)


def _test_share(form: Form, path: str) -> None:
    help = "Share of the samples that the network never learns from; they tell how well it does on new ones."
    share(form, path, form.label("data.test_share", path), 0.1, 0.9, help=help)


def _seed(form: Form, path: str) -> None:
    seed(form, path, form.label("data.seed", path), "New data", "The same seed makes and splits the same data.")


def _features(form: Form, path: str) -> None:
    def write(_spec: Any, chosen: list[str]) -> dict[str, Any]:
        inputs = chosen or list(card(data.name).features)
        keeps = data.axes is None or all(name in inputs for name in data.axes)
        return {path: chosen} if keeps else {path: chosen, "data.axes": None}

    data: TableData = form.spec.data
    st.multiselect(
        form.label("data.features", path),
        data.card.features,
        placeholder=f"All {len(data.card.features)} features",
        help="The features that the network sees; choose none to give it all.",
        **form.bind(path, list(data.features), write),
    )


def _axes(form: Form, path: str) -> None:
    data: TableData = form.spec.data
    if len(data.inputs) < 2:
        return
    axes = data.axes or data.inputs[:2]
    for number_, (column, title) in enumerate(zip(st.columns(2), ("Across", "Up"), strict=True)):

        def write(_spec: Any, chosen: str, at: int = number_) -> dict[str, Any]:
            other = axes[1 - at] if axes[1 - at] != chosen else axes[at]
            return {path: [chosen, other] if at == 0 else [other, chosen]}

        with column:
            pick(
                form,
                f"{path}.{number_}",
                title,
                {name: name for name in data.inputs},
                value=axes[number_],
                help="The feature on this axis of the plots; what the network sees stays the same.",
                write=write,
            )


def _scaling(form: Form, path: str) -> None:
    segments(
        form,
        path,
        form.label("data.scaling", path),
        _SCALINGS,
        help=r"Brings features to one scale. Standard: $\frac{x-\bar x}{s}$, min–max: $\frac{x-\min}{\max-\min}$, "
        "measured on the training part alone.",
    )


_CONTROLS: dict[str, Draw] = {
    "data.kind": _kind,
    "data.name": _name,
    "data.points": _points,
    "data.samples": _samples,
    "data.noise": _noise,
    "data.test_share": _test_share,
    "data.seed": _seed,
    "data.features": _features,
    "data.axes": _axes,
    "data.scaling": _scaling,
    "data.augmentation": augmentation_popover,
}
