"""The section on dying ReLUs: steps that are too large kill units, and what keeps them alive."""

from __future__ import annotations

import streamlit as st

from dlcore.specs.race import Race
from dlcore.specs.supervised import Supervised
from ui.controls.form import Form
from ui.glossary import term
from ui.lab_section import lab_section
from ui.lessons.activations_races import CIRCLE, another_start, hidden
from ui.live.component import Layout
from ui.pages import page_at
from ui.teaching import explain, predict

LAYERS, UNITS = 4, 16
RATES = (0.01, 0.03, 0.1, 0.2)
SMALL = 0.01
# Shares and scores over several seeds are recorded in tests/ui/lessons/test_activations_dying.py.
RACE = Race.parse(
    {
        "base": {
            "kind": "supervised",
            "data": CIRCLE,
            "network": {"layers": hidden("relu", LAYERS, UNITS), "initialization": "xavier"},
            "training": {"optimizer": "adam", "learning_rate": 0.1, "batch_size": 20, "epochs": 60},
        },
        "variants": [
            {"title": "ReLU"},
            {"title": "Leaky ReLU", "changes": {"network.layers": hidden("leaky_relu", LAYERS, UNITS)}},
            {"title": "Small steps", "changes": {"training.learning_rate": SMALL}},
            {"title": "Batch norm", "changes": {"network.batch_norm": True}},
            {"title": "He init", "changes": {"network.initialization": "he"}},
        ],
    }
)
_EACH = range(len(RACE.variants))


def dying_section() -> None:
    """Draw the section."""
    lab_section(
        "activations",
        "dying",
        default=RACE,
        suits=lambda spec: spec.variants == RACE.variants and isinstance(spec.base, Supervised),
        lesson=_lesson,
        settings=_settings,
        layout=Layout(
            top=(("dead", 1), ("score", 1)),
            below=(("loss", 1), ("activations_0", 1)),
            tabs=(
                ("Test accuracy", ("scores",)),
                ("Activations and dead units", [f"activations_{number}" for number in _EACH[1:]]),
                ("Outputs", [f"output_{number}" for number in _EACH]),
                ("Gradients, layer by layer", ("layer_gradients",)),
            ),
            only=True,
        ),
    )
    explain(
        "**A ReLU dies** when one large step moves its weights or its bias so far that z < 0 for every sample. Its "
        "slope is then 0 for all of them, so its own weights get no gradient. Once the optimizer's momentum has run "
        "out, only the layers before it can bring it back, by changing what it gets; in the first layer nothing "
        "does.\n\n"
        "**Leaky ReLU** has no dead units by this measure: its slope is 0.01 where ReLU's is 0. **Small steps** kill "
        "fewer. **Batch normalization** brings the sums of each batch back around 0, so that some are positive; it "
        "kills fewer, not none.\n\n"
        "**He's initialization does not help here.** It sets how weights *start*, and with steps this large the start "
        "is soon forgotten. It is a cure for gradients that vanish, not for units that die.\n\n"
        "**“ReLU fixes dying neurons” is upside down**: among these networks it is the ReLU ones that have dead units. "
        "And dead units need not be seen in the accuracy: on so easy a task half a network is enough. What is lost is "
        "its size: you pay for 64 units and use thirty. Take a learning rate of 0.2 and begin anew: more of them die, "
        "and the plain ReLU network mostly fails, while the leaky one still learns."
    )
    st.page_link(page_at("activations").script, label="Next: your own network", query_params={"section": "own"})


def _lesson() -> None:
    st.header("Dying ReLUs", anchor=False)
    st.markdown(
        "Left of 0 the slope of ReLU is exactly 0. A unit that is there for every training sample is a "
        f"{term('dead unit')}: it answers 0 to all of them, and no gradient reaches its weights. Five networks of "
        f"{LAYERS} × {UNITS} units learn a circle with steps that are rather large."
    )
    predict(
        "activations dying",
        "Adam with a learning rate of 0.1: which share of the ReLU units is dead after 60 epochs?",
        ("None: ReLU fixes dying neurons", "About a twentieth", "About half, or more"),
        right=2,
        why="Adam moves each weight by about the learning rate in every update, however small its gradient is: with "
        "0.1 a few updates are enough to push a unit below 0 for every sample, and there it stays.",
    )


def _settings(form: Form) -> None:
    rate = form.spec.base.training.learning_rate
    st.select_slider(
        "Learning rate",
        sorted({*RATES, rate}),
        help=f"Of all networks but “Small steps”, which has {SMALL:g}. Units that are dead stay so: press reset to "
        "see the whole effect of another rate.",
        **form.bind("base.training.learning_rate", rate),
    )
    another_start(form)
    st.caption("**Adam**, batches of 20, Xavier's initialization where nothing else is said.")
