"""One neuron that learns by Rosenblatt's rule: it comes to rest on two clouds and never on XOR."""

from __future__ import annotations

import streamlit as st

from dlcore.specs.perceptron import Perceptron
from ui.controls.chance import draw_anew
from ui.controls.form import Form
from ui.glossary import term
from ui.lab_section import lab_section
from ui.live.component import Layout
from ui.pages import page_at
from ui.teaching import explain, predict

SETS = {"gauss": "Two clouds", "xor": "XOR"}
# some overlap, so that it takes more than one round; no end but the rule's own, so that on XOR there is none
NOISE = {"gauss": 0.1, "xor": 0.0}
RULE = Perceptron.parse(
    {"data": {"kind": "generated", "name": "gauss", "samples": 200, "noise": NOISE["gauss"], "seed": 1}}
)


def rule_section() -> None:
    """Draw the section."""
    lab_section(
        "neuron",
        "rule",
        default=RULE,
        suits=lambda spec: getattr(spec.data, "name", "") in SETS,
        lesson=_lesson,
        settings=_settings,
        layout=Layout(
            top=(("output", 1), ("network", 1)),
            below=(("mistakes", 1), ("score", 1)),
            tabs=(("Confusion", ("confusion",)),),
        ),
    )
    explain(
        "**Two clouds.** The line jumps at every mistake, less and less often, and stops in the first round without "
        "one. If *some* line separates the points, the rule makes finitely many mistakes, at most $(R/\\gamma)^2$ "
        "(Novikoff, 1962): write each input with a 1 behind it, for the bias; then $R$ is the length of the longest, "
        "and $\\gamma$ how far from the border, at its best, all of them can be.\n\n"
        "**XOR.** Every line leaves mistakes, so there is always a next correction, and it undoes an earlier one: the "
        "curve of mistakes never reaches zero, and the run goes on until you pause it. Nothing is wrong with the rule; "
        "there is nothing for it to find.\n\n"
        "**No slope is used.** Only whether an answer was wrong counts, not by how much. That is why nobody could "
        "tell from it how to correct a unit *before* the last one."
    )
    with st.container(horizontal=True):
        st.page_link(
            page_at("perceptron").script, label="The perceptron with other data, points of your own, and its speed"
        )
        st.page_link(page_at("neuron").script, label="Next: a hidden layer", query_params={"section": "layer"})


def _lesson() -> None:
    st.header("One neuron that corrects itself", anchor=False)
    st.markdown(
        f"The {term('perceptron')} looks at one point at a time. If its class is right, nothing happens. If it is "
        "wrong, $w$ moves by $\\pm x$ and $b$ by $\\pm 1$: towards a point that should be above the border, away from "
        "one that should not."
    )
    predict(
        "neuron rule",
        "Let it run on two clouds, then on XOR. What do you expect on XOR?",
        (
            "It finds a bent border",
            "It stops at the best line there is",
            "It corrects itself for ever",
        ),
        right=2,
        why="Its border is straight whatever it learns, and every straight border leaves points on the wrong side. "
        "Each of them makes it correct itself again. The only thing that ends it on its own is a whole round without "
        "a mistake, and on XOR there is none.",
    )


def _settings(form: Form) -> None:
    name = form.spec.data.name
    st.segmented_control(
        "Points ↻",
        tuple(SETS),
        format_func=SETS.__getitem__,
        required=True,
        width="stretch",
        **form.bind("data.name", name, lambda _spec, chosen: {"data.name": chosen, "data.noise": NOISE[chosen]}),
    )
    draw_anew(form, "Other points", "data.seed", key="again")
    st.caption("Press Step to go point by point: a ring marks the one that it has just looked at.")
