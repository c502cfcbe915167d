"""The section on residual blocks: deep networks without a cure, with a way past their layers, and with the others."""

from __future__ import annotations

from typing import Any

import streamlit as st

from dlcore.specs.layered import Layered
from dlcore.specs.race import Race
from ui.controls.form import Form
from ui.glossary import term
from ui.lab_section import lab_section
from ui.lessons.activations_races import CIRCLE, another_start, depth_setting
from ui.live.component import Layout
from ui.pages import page_at
from ui.teaching import explain, predict

UNITS = 16
DEPTHS = (4, 8, 12)
# title, activation function, how each layer is made, first weights
ROWS = (
    ("Sigmoid", "sigmoid", "plain", "default"),
    ("Sigmoid, residual", "sigmoid", "residual", "default"),
    ("ReLU", "relu", "plain", "default"),
    ("ReLU, He init", "relu", "plain", "he"),
    ("Leaky ReLU", "leaky_relu", "plain", "default"),
    ("ReLU, batch norm", "relu", "batch norm", "default"),
    ("ReLU, residual", "relu", "residual", "default"),
    ("Tanh, residual", "tanh", "residual", "default"),
)


def stack(function: str, layers: int, made: str = "plain") -> list[dict[str, Any]]:
    """So many hidden layers: plain, with batch normalization, or (all but the first) added to what they get."""
    step: list[dict[str, Any]] = [{"kind": "dense", "units": UNITS}, {"kind": "activation", "function": function}]
    if made == "batch norm":
        step.insert(1, {"kind": "batch_norm"})
    further: list[dict[str, Any]] = [{"kind": "residual", "layers": step}] if made == "residual" else step
    return [*step, *(further * (layers - 1)), {"kind": "dense", "units": 1}]


def variants(layers: int) -> list[dict[str, Any]]:
    """The eight networks with so many hidden layers."""
    return [
        {"title": title, "changes": {"layers": stack(function, layers, made), "initialization": first}}
        for title, function, made, first in ROWS
    ]


# Scores and gradients over several seeds are recorded in tests/ui/lessons/test_activations_residual.py.
RACE = Race.parse(
    {
        "base": {
            "kind": "layered",
            "data": CIRCLE,
            "layers": stack("sigmoid", 12),
            "training": {
                "loss": "bce",
                "optimizer": "sgd",
                "learning_rate": 0.05,
                "batch_size": 20,
                "epochs": 20,
            },
        },
        "variants": variants(12),
    }
)


def residual_section() -> None:
    """Draw the section."""
    lab_section(
        "activations",
        "residual",
        default=RACE,
        suits=_suits,
        lesson=_lesson,
        settings=_settings,
        layout=Layout(
            top=(("layer_gradients", 1), ("score", 1)),
            below=(("loss", 1), ("gradient_norm_0", 1)),
            tabs=(
                ("Test accuracy", ("scores",)),
                ("Gradients over time", [f"gradient_norm_{number}" for number in range(1, len(ROWS))]),
                ("Activations", [f"activations_{number}" for number in range(len(ROWS))]),
            ),
            only=True,
        ),
    )
    explain(
        "A residual block gives x + F(x), whose derivative is 1 + F′(x). The 1 lets a gradient through whatever F "
        "does, so the three residual curves stay up where those of plain layers fall.\n\n"
        "**ReLU alone does not save this one.** Its slope is 1, but the weights multiply, too: these start as PyTorch "
        "draws them by default, smaller than He would, and through twelve layers that vanishes as well. A **leaky "
        "ReLU** passes a hundredth on the left, which changes next to nothing: its curve lies on that of ReLU. It is a "
        "cure for units that die, not for gradients that vanish.\n\n"
        "**One cure is enough.** He's initialization draws weights with six times the variance, batch normalization "
        "scales every layer's sums whatever the weights are, and the way past goes round them: each of the three "
        "alone lets twelve layers of ReLU learn. Right weights, normalization or a way past: deep networks need at "
        "least one of them.\n\n"
        "**A gradient that arrives is not yet a good one.** The sigmoid with a way past gets large gradients at every "
        "layer and still does not learn the circle in this time: its outputs are all positive, about one half each, so "
        "that what the blocks add piles up. Tanh is a sigmoid stretched so that its outputs lie around 0, and with a "
        "way past it learns at once, as ReLU does. That is how networks came to have a hundred layers (He et al., "
        "2015)."
    )
    st.page_link(page_at("activations").script, label="Next: what ReLUs die of", query_params={"section": "dying"})


def _suits(spec: Race) -> bool:
    return isinstance(spec.base, Layered) and tuple(row.title for row in spec.variants) == tuple(
        title for title, *_ in ROWS
    )


def _lesson() -> None:
    st.header("A way past, beside the other cures", anchor=False)
    st.markdown(
        f"A {term('residual block')} adds its input to its output: y = x + F(x). A gradient then has a way round the "
        "layers inside. Twelve hidden layers, plain and with what is said to help: "
        f"{term('He initialization', 'He’s weights')}, a leaky ReLU, {term('batch normalization')}, or a way past each "
        "layer but the first."
    )
    predict(
        "activations residual",
        "Twelve plain ReLU layers, with the weights that PyTorch draws by default: do they learn the circle?",
        ("Yes: the slope of ReLU is 1", "No: their gradients vanish as well"),
        right=1,
        why="The slope is 1 (or 0), but a gradient is multiplied by the weights, too. PyTorch draws the weights of a "
        "dense layer between ±1/√n, a sixth of the variance that He's initialization has: from layer to layer the "
        "signal and its gradient shrink.",
    )


def _settings(form: Form) -> None:
    spec: Race = form.spec
    present = (
        sum(1 for layer in spec.base.layers if layer.kind == "activation") if isinstance(spec.base, Layered) else 0
    )
    depth_setting(
        form,
        DEPTHS,
        present,
        lambda _spec, layers: {
            "base.layers": stack("sigmoid", layers),
            "variants": variants(layers),
        },
        "Of all eight networks: from which depth on do the plain ones fail?",
    )
    another_start(form)
