"""The section on vanishing gradients: a deep sigmoid network that does not learn, and four that do, side by side."""

from __future__ import annotations

from typing import Any

import streamlit as st

from dlcore.specs.race import Race
from dlcore.specs.supervised import Supervised
from ui.controls.form import Form
from ui.glossary import term
from ui.lab_section import lab_section
from ui.lessons.activations_races import CIRCLE, another_start, depth_setting, hidden
from ui.live.component import Layout
from ui.pages import page_at
from ui.teaching import explain, predict

UNITS = 10
DEPTHS = (1, 2, 4, 8)
# title, activation function, what else is different
CURES: tuple[tuple[str, str, dict[str, Any]], ...] = (
    ("Sigmoid", "sigmoid", {}),
    ("ReLU", "relu", {}),
    ("ReLU, He init", "relu", {"network.initialization": "he"}),
    ("Leaky ReLU, He init", "leaky_relu", {"network.initialization": "he"}),
    ("Sigmoid, batch norm", "sigmoid", {"network.batch_norm": True}),
)


def variants(layers: int) -> list[dict[str, Any]]:
    """The five networks with so many hidden layers."""
    return [
        {"title": title, "changes": {"network.layers": hidden(function, layers, UNITS), **more}}
        for title, function, more in CURES
    ]


# Scores and gradients over several seeds are recorded in tests/ui/lessons/test_activations_vanishing.py.
RACE = Race.parse(
    {
        "base": {
            "kind": "supervised",
            "data": CIRCLE,
            "network": {"layers": hidden("sigmoid", 8, UNITS), "initialization": "xavier"},
            "training": {"optimizer": "sgd", "learning_rate": 0.1, "batch_size": 20, "epochs": 300},
        },
        "variants": variants(8),
    }
)


def vanishing_section() -> None:
    """Draw the section."""
    lab_section(
        "activations",
        "vanishing",
        default=RACE,
        suits=_suits,
        lesson=_lesson,
        settings=_settings,
        layout=Layout(
            top=(("layer_gradients", 1), ("score", 1)),
            below=(("loss", 1), ("gradient_norm_0", 1)),
            tabs=(
                ("Test accuracy", ("scores",)),
                ("Gradients over time", [f"gradient_norm_{number}" for number in range(1, len(CURES))]),
                ("Outputs", [f"output_{number}" for number in range(len(CURES))]),
                ("Activations", [f"activations_{number}" for number in range(len(CURES))]),
            ),
            only=True,
        ),
    )
    explain(
        "**Sigmoid.** From the last hidden layer to the first, the gradient loses a factor of 3 to 4 at every layer: "
        "on this logarithmic scale that is a straight line down to the left. The first layer gets about a "
        "ten-thousandth of what the last one gets, so it stays nearly what chance made it, and the network says one "
        "class for all points.\n\n"
        "**ReLU.** Its slope is 1 wherever a unit is on: the line is nearly level, and the network learns. **He's "
        "initialization** draws weights large enough to make up for the half that ReLU cuts off, so the signals "
        "neither shrink nor grow from layer to layer, and learning starts sooner. **Leaky ReLU** passes a little on "
        "the left, too.\n\n"
        "**Batch normalization** keeps the sigmoid, but brings its sums back to where it is steep, and scales them up: "
        "the gradients are as large as with ReLU.\n\n"
        "**It is depth that does it.** With one hidden layer the sigmoid network learns the circle, with two it does "
        "so after a plateau of some hundred epochs, with four it is where it was after 300. And a small gradient is "
        "not all: look at *how differently* large the layers' gradients are, for one learning rate has to suit them "
        "all."
    )
    st.page_link(
        page_at("activations").script, label="Next: a way past the layers", query_params={"section": "residual"}
    )


def _suits(spec: Race) -> bool:
    base = spec.base
    return isinstance(base, Supervised) and tuple(row.title for row in spec.variants) == tuple(
        title for title, _, _ in CURES
    )


def _lesson() -> None:
    st.header("Vanishing gradients", anchor=False)
    st.markdown(
        "On its way back a gradient is multiplied, layer by layer, by slopes and by weights. Where the products are "
        f"below 1, what arrives at the first layers is next to nothing: the {term('vanishing gradient')}. Five "
        "networks of eight hidden layers learn one and the same circle; watch the length of the gradient at each "
        "layer, on a logarithmic scale."
    )
    predict(
        "activations vanishing",
        "Eight hidden layers of sigmoids: how much of the last hidden layer's gradient reaches the first?",
        ("About as much", "About a tenth", "A thousandth or less"),
        right=2,
        why="The slope of a sigmoid is 0.25 at most, and the weights start around 0, so that each of the seven steps "
        "back leaves a third or a quarter: 0.3⁷ is 0.0002. Point at the curve for its numbers.",
    )


def _settings(form: Form) -> None:
    spec: Race = form.spec
    depth_setting(
        form,
        DEPTHS,
        len(spec.base.network.layers) if isinstance(spec.base, Supervised) else DEPTHS[-1],
        lambda _spec, layers: {
            "base.network.layers": hidden("sigmoid", layers, UNITS),
            "variants": variants(layers),
        },
        "Of all five networks: from which depth on does the sigmoid fail?",
    )
    another_start(form)
    for title, text in (
        ("Sigmoid, ReLU", "Xavier's initialization"),
        ("He init", "larger first weights, made for ReLU"),
        ("Batch norm", "after each weighted sum, before the sigmoid"),
    ):
        st.caption(f"**{title}.** {text}.")
