"""How weights start: five initializations of one deep network, and what each does to its signals, layer by layer."""

from __future__ import annotations

from typing import Any

import streamlit as st

from dlcore.specs.race import Race
from dlcore.specs.supervised import Supervised
from ui.controls.chance import draw_anew
from ui.controls.form import Form
from ui.glossary import term
from ui.lab_section import lab_section
from ui.live.component import Layout
from ui.pages import page_at
from ui.teaching import explain, predict

STARTS = {"Zeros": "zeros", "Too small": "small", "Too large": "large", "Xavier": "xavier", "He": "he"}
ACTIVATIONS = {"tanh": "tanh", "relu": "ReLU", "sigmoid": "Sigmoid"}
DEPTHS = (4, 6, 8)
UNITS = 16


def layers(count: int, activation: str) -> list[dict[str, Any]]:
    """So many hidden layers of one kind."""
    return [{"units": UNITS, "activation": activation}] * count


# Test scores over several seeds are recorded in tests/ui/lessons/test_depth_start.py.
RACE = Race.parse(
    {
        "base": {
            "kind": "supervised",
            "data": {"kind": "generated", "name": "circle", "noise": 0.1},
            "network": {"layers": layers(8, "tanh")},
            "training": {"optimizer": "sgd", "learning_rate": 0.1, "batch_size": 16, "epochs": 60},
        },
        "variants": [{"title": title, "changes": {"network.initialization": name}} for title, name in STARTS.items()],
    }
)


def start_section() -> None:
    """Draw the section."""
    lab_section(
        "depth",
        "start",
        default=RACE,
        suits=_suits,
        lesson=_lesson,
        settings=_settings,
        layout=Layout(
            top=(("spread", 1), ("backward", 1)),
            below=(("score", 3), ("scores", 2)),
            tabs=(("Outputs", [f"output_{number}" for number in range(len(STARTS))]), ("Loss", ("loss",))),
            only=True,
        ),
    )
    explain(
        "Look at the first frame, before any update; then play, and rewind.\n\n"
        "**Forward.** The weighted sums of a layer spread about $\\sqrt{n}\\,\\sigma$ times as far as its inputs, for "
        "$n$ inputs and weights of standard deviation $\\sigma$. With $\\sigma = 0.05$ and $n = 16$ that is 0.2: eight "
        "layers on, next to nothing is left of the sample. With $\\sigma = 1$ it is 4: tanh and sigmoid are driven to "
        "their flat ends, and ReLU, which is not flat above 0, lets the numbers grow.\n\n"
        "**Backward.** The gradient is multiplied by the same weights, once more in each layer, and by $f'$. What is "
        "too small fades before it reaches the first layers, so they do not learn; what is too large arrives there "
        "as a jump.\n\n"
        "**Zeros.** All units of a layer compute the same, so all get the same gradient, and stay alike for ever; here "
        "hidden activations are even 0, and only the output's bias learns. Biases may start at 0: weights must "
        "differ. (Sigmoids answer 0.5 to zeros. Then gradients do arrive, but equal ones, and 16 units that "
        "stay alike are worth one.)\n\n"
        f"**{term('Xavier initialization', 'Xavier')}** takes "
        "$\\sigma^2 = \\frac{2}{n_\\text{in} + n_\\text{out}}$, so that $\\sqrt{n}\\,\\sigma \\approx "
        "1$ (Glorot and Bengio, 2010). ReLU silences half of what it gets, so **He** takes twice that, $\\sigma^2 = "
        "\\frac{2}{n_\\text{in}}$ (He and others, 2015). Choose ReLU: with Xavier the lines sink from layer to layer, "
        "with He they keep their height, give or take what chance does to 16 units.\n\n"
        "**“He initialization is better than Xavier”** is true of ReLU and its relatives, not of every network. And a "
        "good start is only a start: training moves all these lines, and too large a learning rate throws away any."
    )
    st.page_link(page_at("depth").script, label="Next: when it explodes", query_params={"section": "explosion"})


def _suits(spec: Race) -> bool:
    starts = {tuple(row.changes.items()) for row in spec.variants}
    return isinstance(spec.base, Supervised) and starts == {
        (("network.initialization", name),) for name in STARTS.values()
    }


def _lesson() -> None:
    st.markdown(
        f"{term('initialization', 'Initialization')} is the choice of the first weights. Five networks of equal shape "
        "start in five ways. The charts follow a signal through the hidden layers: how far the samples are apart on "
        f"the way forward, and how much of the {term('gradient')} arrives on the way back."
    )
    predict(
        "depth start",
        "All weights start at zero, with tanh or ReLU behind them. What will the network learn?",
        ("The same as the others, only later", "Nothing but how frequent the classes are", "It diverges"),
        right=1,
        why="With zeros every unit of a layer gives the same answer to every sample, and no gradient reaches a weight: "
        "it would have to come through weights that are 0. Only the bias of the output learns: one probability for "
        "all samples, the share of a class.",
    )


def _settings(form: Form) -> None:
    network = form.spec.base.network
    count, activation = len(network.layers), network.layers[0].activation if network.layers else "tanh"
    st.segmented_control(
        "Activation ↻",
        tuple(ACTIVATIONS),
        format_func=ACTIVATIONS.__getitem__,
        required=True,
        width="stretch",
        **form.bind(
            "activation",
            activation if activation in ACTIVATIONS else "tanh",
            lambda spec, name: {"base.network.layers": layers(len(spec.base.network.layers), name)},
        ),
    )
    st.segmented_control(
        "Hidden layers ↻",
        DEPTHS,
        required=True,
        width="stretch",
        help=f"Each of {UNITS} units.",
        **form.bind(
            "count",
            count if count in DEPTHS else DEPTHS[-1],
            lambda spec, chosen: {"base.network.layers": layers(chosen, activation)},
        ),
    )
    rate = form.spec.base.training.learning_rate
    st.select_slider(
        "Learning rate",
        sorted({0.01, 0.03, 0.1, 0.3, rate}),
        format_func=lambda value: f"{value:g}",
        **form.bind("base.training.learning_rate", rate),
    )
    draw_anew(
        form,
        "Other first weights",
        "base.seed",
        help="Draws all first weights anew by the same rules: which differences are chance?",
    )
