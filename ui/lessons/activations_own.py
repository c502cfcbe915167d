"""The section on the learner's own network: the newest Playground run, and what enters its activation functions."""

from __future__ import annotations

import streamlit as st

from ui.glossary import term
from ui.live.component import Layout, live_view
from ui.pages import page_at
from ui.runs import run_of_visit
from ui.teaching import explain, predict


def own_section() -> None:
    """Draw the section."""
    st.header("Your network", anchor=False)
    st.markdown(
        "This is your network of the Playground, as it is now. The bars are its "
        f"{term('pre-activation', 'pre-activations')}: the sums z that enter the activation function, of all units of "
        "a layer over all training samples. The lines are that function and its slope."
    )
    predict(
        "activations own",
        "While a tanh network learns, what do its pre-activations do?",
        ("They gather around 0", "They spread out, into the flat parts", "They stay as they were"),
        right=1,
        why="To be sure of an answer a network makes its weights larger, so that the sums spread and more and more "
        "of them stand on flat ground. The share that is saturated is written over each chart.",
    )
    run = run_of_visit("playground")
    if run is None:
        st.info("You have no network in the Playground yet: build one there, then come back.", icon=":material/hub:")
    else:
        live_view(
            run,
            Layout(top=(("preactivations", 1),), below=(("loss", 1), ("score", 1)), only=True),
            key="activations own live",
            on={"lost": lambda _said: None},  # the page is drawn again, and finds that it is gone
        )
    st.page_link(page_at("playground").script, label="To the Playground", icon=":material/hub:")
    explain(
        "Where bars stand under a flat part of the curve, gradients hardly pass: that is saturation. Under ReLU, "
        "everything left of 0 passes nothing at all; a unit all of whose bars are there is dead. Go to the "
        "Playground, take another activation function or initialization, come back, and see where the bars begin: "
        "with good initialization and scaled inputs they stand where the function bends, and not far out."
    )
