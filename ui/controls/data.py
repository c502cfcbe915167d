"""The Data tab: which data, how many, how noisy, which part is kept for testing, what is seen of a table."""

from __future__ import annotations

from typing import Any

import streamlit as st

from datasets.dataset import Card
from datasets.registry import card
from dlcore.specs import limits
from dlcore.specs.data import TableData
from dlcore.specs.scenes import SceneData
from ui.code import samples
from ui.controls.augmentation import augmentation_popover
from ui.controls.data_kinds import kinds_for, offered, with_set
from ui.controls.folds import folds_popover
from ui.controls.form import Draw, Form
from ui.controls.own_data import OWN
from ui.controls.pickers import pick, seed, segments, share
from ui.controls.registry import is_hidden
from ui.controls.scenes import scene_controls
from ui.glossary import term

_SAMPLES = (20, 50, 100, 200, 300, 500, 1000, 2000, limits.SAMPLES)
_POSITIVES = (0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.35, 0.5)
_SCALINGS = {"standard": "Standard", "minmax": "Min–max", "robust": "Robust", "none": "None"}

_ROWS = (
    ("data.kind",),
    ("data.name",),
    ("data.upload",),
    ("data.points",),
    ("data.features",),
    ("data.missing",),
    ("data.scaling",),
    ("data.leak",),
    ("data.axes",),
    ("data.samples", "data.noise"),
    ("data.positives",),
    ("data.test_share",),
    ("data.folds",),
    ("data.seed",),
    ("data.augmentation",),
)


def data_controls(form: Form) -> None:
    """Draw the controls of the data."""
    if isinstance(form.spec.data, SceneData):
        scene_controls(form)
        return
    rows = tuple(tuple(name for name in row if _has_meaning(name, form)) for row in _ROWS)
    form.rows(rows, _CONTROLS)
    data = form.spec.data  # asked for now: when the file is made, outside the script, there is no session to ask
    if is_hidden("data.download", form.hidden) or len(data.shape) > 1:  # images and series are no table
        return
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


def _has_meaning(name: str, form: Form) -> bool:
    """Whether a setting says something about the present data set: noise, say, is only added to what is made."""
    card = getattr(form.spec.data, "card", None)
    if name == "data.noise":
        return card is None or card.samples is None
    if name == "data.test_share":
        return (card is None or not card.held_out) and form.spec.data.folds is None
    if name == "data.positives":
        return card is not None and card.positives is not None
    return name != "data.axes" or form.plane


def _kind(form: Form, path: str) -> None:
    rows = {row.kind: row for row in kinds_for(form.spec, plane=form.plane)}
    segments(
        form,
        path,
        form.label("data.kind", path),
        {kind: row.title for kind, row in rows.items()},
        help=f"What to learn from: {'; '.join(row.help for row in rows.values())}.",
        write=lambda spec, kind: rows[kind].take(spec),
    )


def _name(form: Form, path: str) -> None:
    data = form.spec.data
    present = data.card

    pick(
        form,
        path,
        form.label("data.name", path),
        {row.name: row.title for row in offered(form.spec, data.kind)},
        help=present.summary,
        write=with_set,
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
    data = form.spec.data
    shipped = data.card.samples
    most = shipped or limits.SAMPLES

    def write(_spec: Any, chosen: int) -> dict[str, Any]:
        return {path: None if chosen == shipped else chosen}

    st.select_slider(
        form.label("data.samples", path),
        sorted({*(count for count in _SAMPLES if count < most), most, data.count}),
        help="How many samples there are, for training and testing together.",
        **form.bind(path, data.count, write),
    )


def _noise(form: Form, path: str) -> None:
    help = "How much chance is added: 0 % none at all, 50 % makes the samples almost unrecognisable."
    share(form, path, form.label("data.noise", path), 0.0, 0.5, help=help)


def _positives(form: Form, path: str) -> None:
    value = form.spec.data.share_of_positives
    rare = form.spec.data.card.classes[1]
    st.select_slider(
        form.label("data.positives", path),
        sorted({*_POSITIVES, value}),
        format_func=lambda share: f"{share:.1%}",
        help=f"How many of all samples are of the class “{rare}”.",
        **form.bind(path, value),
    )


def _test_share(form: Form, path: str) -> None:
    help = "Share of the samples that the network never learns from; they tell how well it does on new ones."
    data = form.spec.data
    usual = data.share if data.test_share is None else None
    share(form, path, form.label("data.test_share", path), 0.1, 0.9, help=help, value=usual)


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
        help=f"Brings {term('feature', 'features')} to one scale ({term('standardization')} and others). "
        r"Standard: $\frac{x-\bar x}{s}$, min–max: $\frac{x-\min}{\max-\min}$, "
        r"robust: $\frac{x-\text{median}}{Q_3-Q_1}$, "
        "measured on the training part alone.",
    )


_CONTROLS: dict[str, Draw] = {
    "data.kind": _kind,
    "data.name": _name,
    "data.points": _points,
    "data.samples": _samples,
    "data.noise": _noise,
    "data.positives": _positives,
    "data.test_share": _test_share,
    "data.folds": folds_popover,
    "data.seed": _seed,
    "data.features": _features,
    "data.axes": _axes,
    "data.scaling": _scaling,
    "data.augmentation": augmentation_popover,
    **OWN,
}
