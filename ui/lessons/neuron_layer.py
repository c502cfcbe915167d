"""XOR with a hidden layer: a few neurons side by side, and one that reads them."""

from __future__ import annotations

from typing import Any

import streamlit as st

from dlcore.specs.supervised import Supervised
from ui.controls.chance import draw_anew
from ui.controls.form import Form
from ui.glossary import term
from ui.lab_section import lab_section
from ui.live.component import Layout
from ui.pages import page_at
from ui.teaching import explain, predict

UNITS = (0, 1, 2, 3, 4, 8)
# Test scores over several seeds are recorded in tests/ui/lessons/test_neuron_layer.py.
LAYER = Supervised.parse(
    {
        "data": {"kind": "generated", "name": "xor", "samples": 200},
        "network": {"layers": [{"units": 4, "activation": "tanh"}]},
        "training": {"optimizer": "sgd", "learning_rate": 0.1, "batch_size": 10, "epochs": 150},
    }
)


def layer_section() -> None:
    """Draw the section."""
    lab_section(
        "neuron",
        "layer",
        default=LAYER,
        suits=_suits,
        lesson=_lesson,
        settings=_settings,
        layout=Layout(
            top=(("network", 2), ("output", 1)),
            below=(("loss", 1), ("score", 1)),
            tabs=(
                ("Output in 3-D", ("output_3d",)),
                ("Gradients", ("gradient_norm", "gradients")),
                ("Weights", ("weights",)),
                ("Confusion", ("confusion", "report")),
            ),
        ),
    )
    explain(
        "**Each hidden neuron draws a line of its own**: look at its small picture in the network. The last neuron "
        "draws a line, too, but through the *outputs* of those before it, and there the four corners can be told "
        "apart.\n\n"
        "**None, and one.** Without a hidden layer the accuracy stays near that of a coin, although a line could get "
        "three corners right: the loss prefers being unsure everywhere to being sure and wrong in a corner. One hidden "
        "neuron changes across one direction only: three corners at best. **Two** are enough, and not always found: "
        "start anew with other weights a few times, and some starts get stuck with a corner wrong. **Four** get there "
        "nearly every time; spare neurons make learning easier, which is not the same as making it "
        "possible.\n\n"
        "**Without the bend nothing is gained.** A weighted sum of weighted sums is a weighted sum: without an "
        "activation between them, two layers draw one straight line. Choose *Linear* and see.\n\n"
        "**How it learns.** The slope of the loss is handed back from the last neuron to those before it. That is "
        "backpropagation, and it needs activations with a slope; the step of 1958 has none."
    )
    with st.container(horizontal=True):
        st.page_link(
            page_at("playground").script, label="Take it further in the Playground", query_params={"example": "xor"}
        )
        st.page_link(page_at("history").script, label="How people came to it: a history that runs")


def _suits(spec: Supervised) -> bool:
    rows = spec.network.layers
    return getattr(spec.data, "name", "") == "xor" and len(rows) <= 1


def _lesson() -> None:
    st.header("XOR falls", anchor=False)
    st.markdown(
        f"Put a {term('hidden layer')} of a few neurons between the inputs and the last neuron. Each draws its own "
        "line; the last one sees only on which side of each line a point lies, and how far. Now the borders can bend, "
        "and the network learns all weights by following the slope of its loss."
    )
    predict(
        "neuron layer",
        "How many hidden neurons does XOR need at least?",
        ("One", "Two", "Four: one a corner"),
        right=1,
        why="Two lines cut the plane into strips, and “between the lines or not” is all that XOR asks. One hidden "
        "neuron is not enough: what it answers rises or falls across one line, and the last neuron can only say from "
        "where on that counts as the other class.",
    )


def _settings(form: Form) -> None:
    rows = form.spec.network.layers
    units = rows[0].units if rows else 0
    function = rows[0].activation if rows else "tanh"
    st.segmented_control(
        "Hidden neurons ↻",
        sorted({*UNITS, units}),
        required=True,
        width="stretch",
        **form.bind("units", units, lambda spec, count: _layers(count, _function(spec))),
    )
    if rows:
        st.segmented_control(
            "Their activation ↻",
            tuple(_FUNCTIONS) if function in _FUNCTIONS else (*_FUNCTIONS, function),
            format_func=lambda name: _FUNCTIONS.get(name, name),
            required=True,
            width="stretch",
            **form.bind("function", function, lambda spec, name: _layers(spec.network.layers[0].units, name)),
        )
    draw_anew(
        form, "Other first weights", "seed", help="The same network from another start: how often does it get there?"
    )


_FUNCTIONS = {"tanh": "Tanh", "sigmoid": "Sigmoid", "relu": "ReLU", "linear": "Linear"}


def _function(spec: Any) -> str:
    rows = spec.network.layers
    return str(rows[0].activation) if rows else "tanh"


def _layers(units: int, function: str) -> dict[str, Any]:
    return {"network.layers": [{"units": units, "activation": function}] if units else []}
