"""A deep network that runs away from the numbers within a few updates, and two cures, side by side."""

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

AS_IT_IS, NORM, CLIP, BOTH = "As it is", "Batch norm", "Clipping", "Both"
DEPTHS = (2, 4, 8)
CLIPS = (0.1, 1.0, 10.0, 100.0)
FIRST = 1.0  # the length to which gradients are cut


def layers(count: int) -> list[dict[str, Any]]:
    """So many hidden layers of ReLU units."""
    return [{"units": 16, "activation": "relu"}] * count


def variants(clip: float) -> list[dict[str, Any]]:
    """The network without a cure, with one, and with both."""
    norm, cut = {"network.batch_norm": True}, {"training.gradient_clip": clip}
    cures: dict[str, dict[str, Any]] = {AS_IT_IS: {}, NORM: norm, CLIP: cut, BOTH: {**norm, **cut}}
    return [{"title": title, "changes": changes} for title, changes in cures.items()]


# What happens over several seeds is recorded in tests/ui/lessons/test_depth_explosion.py.
RACE = Race.parse(
    {
        "base": {
            "kind": "supervised",
            "data": {"kind": "generated", "name": "sine"},
            "network": {"layers": layers(8), "initialization": "normal"},
            "training": {"loss": "mse", "optimizer": "sgd", "learning_rate": 0.05, "batch_size": 16, "epochs": 60},
        },
        "variants": variants(FIRST),
    }
)


def explosion_section() -> None:
    """Draw the section."""
    lab_section(
        "depth",
        "explosion",
        default=RACE,
        suits=_suits,
        lesson=_lesson,
        settings=_settings,
        layout=Layout(
            top=(("spread", 1), ("backward", 1)),
            below=(("loss", 3), ("scores", 2)),
            tabs=(("Outputs", [f"output_{number}" for number in range(4)]),),
            only=True,
        ),
    )
    explain(
        "**Why it explodes.** The first weights are too large for 16 inputs and ReLU ($\\sigma = 0.5$, where He takes "
        "0.35), so outputs and gradients grow layer by layer; see the charts before the first update. With squared "
        "error a far-off output gives a large gradient, a large gradient a large step, and a large step an output that "
        "is farther off still. A few updates later the loss is no number any more. Press *One update* and watch.\n\n"
        "Now and then it does not run away but dies: one huge step leaves every ReLU of a layer at 0, and the output "
        "is a constant from then on.\n\n"
        "**Batch normalization** brings every unit back to mean 0 and variance 1 over the batch, in each layer, so the "
        "spread forward stays the same however large the weights are (Ioffe and Szegedy, 2015). Gradients with "
        "respect to such weights shrink as the weights grow, which tames the steps. It is *not* a cure for every "
        "gradient: at the very start those of a deep network with it may well be large.\n\n"
        "**Gradient clipping** leaves the network alone and shortens the step: $g \\leftarrow g \\cdot "
        "\\min\\left(1, \\frac{c}{\\lVert g \\rVert}\\right)$, with $g$ the whole gradient. Its direction stays "
        "(Pascanu and others, 2013). The activations are as large as before; they are only no longer allowed to throw "
        "the weights away.\n\n"
        "**A smaller learning rate** helps, too: at 0.0001 nothing runs away, and nothing gets far either. With "
        "[weights that start well](depth?section=start) it may be larger. Or clip at 100: is that still a cure?"
    )
    st.page_link(page_at("history").script, label="How these ideas came about, year by year")


def _suits(spec: Race) -> bool:
    titles = [row.title for row in spec.variants]
    return isinstance(spec.base, Supervised) and titles == [AS_IT_IS, NORM, CLIP, BOTH]


def _lesson() -> None:
    st.markdown(
        "Eight layers with rather large first weights, plain gradient descent, squared error: the "
        f"{term('exploding gradient', 'gradient explodes')} and training {term('divergence', 'diverges')}. Beside it "
        f"the same network with {term('batch normalization')}, with {term('gradient clipping')}, and with both."
    )
    predict(
        "depth explosion",
        "How long does the network without a cure last?",
        ("A few updates", "A few epochs", "To the end, only worse than the others"),
        right=0,
        why="Each update makes the next one larger, so it goes faster than exponentially. A float32 ends at about "
        "$3 \\cdot 10^{38}$, and squaring an error of $10^{20}$ is beyond that.",
    )


def _settings(form: Form) -> None:
    base = form.spec.base
    count = len(base.network.layers)
    st.segmented_control(
        "Hidden layers ↻",
        DEPTHS,
        required=True,
        width="stretch",
        **form.bind(
            "count",
            count if count in DEPTHS else DEPTHS[-1],
            lambda _spec, chosen: {"base.network.layers": layers(chosen)},
        ),
    )
    clip = form.spec.variants[2].changes.get("training.gradient_clip", FIRST)
    st.select_slider(
        "Clip gradients at ↻",
        sorted({*CLIPS, clip}),
        format_func=lambda value: f"{value:g}",
        help="The largest length of the whole gradient, of all weights and biases together.",
        **form.bind("clip", clip, lambda _spec, chosen: {"variants": variants(chosen)}),
    )
    rate = base.training.learning_rate
    st.select_slider(
        "Learning rate",
        sorted({0.0001, 0.001, 0.01, 0.03, 0.05, 0.1, rate}),
        format_func=lambda value: f"{value:g}",
        help="It may be changed while they train; who has diverged stays so until a reset.",
        **form.bind("base.training.learning_rate", rate),
    )
    draw_anew(form, "Other first weights", "base.seed", help="Draws all first weights anew.")
