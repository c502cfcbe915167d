"""The Network tab: what goes in, the hidden layers, the output, how the weights start."""

from __future__ import annotations

from typing import Any

import streamlit as st

from dlcore.networks.features import FEATURES
from dlcore.specs import limits
from dlcore.training.activations import ACTIVATIONS
from dlcore.training.initializations import AS_MADE, INITIALIZATIONS, LAYER_INITIALIZATIONS
from dlcore.training.losses import LOSSES
from dlcore.training.rows import find
from ui.controls.draft import Draft
from ui.controls.form import Draw, Form
from ui.controls.layers import add_layer, move_layer, remove_layer
from ui.controls.pickers import number, pick
from ui.controls.scenes import channels, levels
from ui.glossary import term

_TITLES = {row.name: row.title for row in ACTIVATIONS}
_FORMULAS = {row.name: row.formula for row in ACTIVATIONS}
_MOVES = {"Move towards the inputs": -1, "Move towards the output": 1}

_ROWS = (
    ("network.features",),
    ("network.layers",),
    ("network.output", "network.initialization"),
    ("network.levels",),
    ("network.channels",),
    ("network.batch_norm",),
)


def network_controls(form: Form) -> None:
    """Draw the controls of the network."""
    form.rows(_ROWS, _CONTROLS)


def _features(form: Form, path: str) -> None:
    if form.spec.data.kind in ("table", "own_table"):
        count = len(form.spec.data.inputs)
        st.caption(f"{count} inputs: the features of the data, chosen in the Data tab.")
        return
    titles = {row.name: row.title for row in FEATURES}
    order = tuple(titles)

    def write(_spec: Any, chosen: list[str]) -> dict[str, Any]:
        return {path: sorted(chosen, key=order.index)}

    st.pills(
        form.label("network.features", path),
        order,
        selection_mode="multi",
        format_func=titles.__getitem__,
        help="What the network sees of a point (x₁, x₂). Squares and sines make some borders easy to draw.",
        **form.bind(path, list(form.value(path)), write),
    )


def _layers(form: Form, path: str) -> None:
    layers = form.value(path)
    left, right = st.columns([3, 2], vertical_alignment="bottom")
    left.markdown(
        f":small[{form.label('network.layers', path)}]",
        help=f"{term('hidden layer', 'Hidden layers')} stand between inputs and output. "
        f"Each {term('unit')} weighs all outputs of the layer before, adds its bias, and applies "
        "the activation.",
    )
    right.button(
        "Layer",
        icon=":material/add:",
        key=form.key(f"{path} add"),
        width="stretch",
        disabled=len(layers) >= limits.HIDDEN_LAYERS,
        help="Add a hidden layer before the output."
        if len(layers) < limits.HIDDEN_LAYERS
        else f"There are {limits.HIDDEN_LAYERS} hidden layers; that is the limit.",
        on_click=form.draft.change,
        args=(add_layer,),
    )
    if not layers:
        st.caption("None: the inputs go straight to the output, which can only draw a straight border.")
    for index in range(len(layers)):
        _layer(form, path, index, len(layers))


def _layer(form: Form, path: str, index: int, count: int) -> None:
    row = st.container(horizontal=True, wrap=False, gap="xsmall", vertical_alignment="bottom")
    key = form.key(f"{path}.{index} menu")
    row.menu_button(
        f"Layer {index + 1}",
        [title for title, by in _MOVES.items() if 0 <= index + by < count] + ["Remove"],
        key=key,
        help=f"Move or remove hidden layer {index + 1}.",
        type="tertiary",
        on_click=_move_or_remove,
        args=(form.draft, key, index),
    )
    with row.container(width=64):
        number(
            form,
            f"{path}.{index}.units",
            f"Units of hidden layer {index + 1}",
            least=1,
            most=limits.UNITS,
            step=1,
            help="",
            hide_label=True,
        )
    with row.container():
        pick(
            form,
            f"{path}.{index}.activation",
            f"Activation of hidden layer {index + 1}",
            {row.name: row.title for row in ACTIVATIONS if row.hidden},
            help="",
            hide_label=True,
        )


def _move_or_remove(draft: Draft, key: str, index: int) -> None:
    by = _MOVES.get(st.session_state[key])
    draft.change((lambda spec: remove_layer(spec, index)) if by is None else (lambda spec: move_layer(spec, index, by)))


def _output(form: Form, path: str) -> None:
    spec = form.spec
    offered = find(LOSSES, spec.training.loss, "loss").outputs[spec.data.task]
    pick(
        form,
        path,
        form.label("network.output", path),
        {"auto": f"Auto: {_TITLES[offered[0]].lower()}"} | {name: _TITLES[name] for name in offered},
        help=f"{term('activation function', 'Activation')} of the output layer, of those that suit the loss: "
        f"${_FORMULAS[spec.output]}$.",
    )


def _initialization(form: Form, path: str) -> None:
    rows = INITIALIZATIONS if path == "network.initialization" else LAYER_INITIALIZATIONS  # of a stack
    present = find(rows, form.value(path), "initialization")
    biases = "Biases start in the same way" if present is AS_MADE else "Biases start at 0"
    pick(
        form,
        path,
        form.label("network.initialization", path),
        {row.name: row.title for row in rows},
        help=f"{term('initialization', 'How the weights start')}: ${present.formula}$. {biases}.",
    )


def _batch_norm(form: Form, path: str) -> None:
    st.toggle(
        form.label("network.batch_norm", path),
        help=f"{term('batch normalization', 'Batch normalization')}: "
        r"gives each unit's sums mean 0 and variance 1 over the batch, then scales and shifts them: "
        r"$\gamma\,\frac{z-\mu}{\sqrt{\sigma^2+\epsilon}}+\beta$.",
        **form.bind(path, form.value(path)),
    )


_CONTROLS: dict[str, Draw] = {
    "network.features": _features,
    "network.layers": _layers,
    "network.output": _output,
    "network.initialization": _initialization,
    "network.levels": levels,
    "network.channels": channels,
    "network.batch_norm": _batch_norm,
}
