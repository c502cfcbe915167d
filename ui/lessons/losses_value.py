"""One prediction and what five losses say of it: value and gradient, as it is dragged."""

from __future__ import annotations

import streamlit as st

from ui.browser_part import browser_part
from ui.glossary import term
from ui.pages import page_at
from ui.teaching import explain, predict

PARTS = ("number", "score", "three")


def value_section() -> None:
    """Draw the section."""
    st.markdown(
        f"A {term('loss')} says with one number how wrong a prediction is. Training looks at its **slope**, the "
        f"{term('gradient')}: that is how hard, and in which direction, the prediction is pushed. Drag the prediction, "
        "and read both."
    )
    predict(
        "losses bounded",
        "The right class is 1 and the network gives it a probability of nearly 0. How large can the loss become?",
        (
            "At most 1, whichever loss it is",
            "The squared error at most 1; cross-entropy without bound",
            "Both without bound",
        ),
        right=1,
        why="$(1-p)^2$ can be 1 at most. $-\\ln p$ grows and grows as $p$ nears 0: 4.6 at 1 %, 6.9 at 0.1 %. Choose "
        "“Two classes” and drag to the left. More matters below: at the score, cross-entropy pushes with almost 1 "
        "there, and the squared error hardly at all.",
    )
    browser_part("layerlab_losses", "losses.js", key="losses value", data={"parts": list(PARTS)}, on={})
    explain(
        "**A number.** The squared error punishes a mistake twice as large four times as much, and pushes twice as "
        "hard. The absolute error pushes with the same force however far away the answer is, and still with that force "
        "just before it, so training with a fixed learning rate ends in small jumps to and fro. "
        f"**{term('Huber loss', 'Huber')}** is the "
        "square near the answer and the straight line far away: a gentle end, and no panic over one far point. "
        "(PyTorch's squared error has no factor ½, Huber's near part has one; so its slope is half as steep.)\n\n"
        "**Two classes.** $p = \\sigma(z)$. With binary "
        f"{term('cross-entropy')} "
        "$-\\ln p$ the slope at the score is $p - 1$: the "
        "more wrong, the harder the push. With the squared error it is $-2(1-p)^2 p$, because the chain rule brings "
        "the sigmoid's own slope $p(1-p)$ along, and that is nearly 0 where the sigmoid is saturated. In the shaded "
        "range the class is wrong and yet almost nothing pushes.\n\n"
        "**Three classes.** The slope of cross-entropy at a score is its probability, less 1 for the right class. The "
        "three add up to 0: what the right score is pushed up, the others are pushed down together.\n\n"
        "**A common mistake.** A lower loss is not a better loss: values of different losses are on different scales "
        "and cannot be compared. Compare what the networks get right."
    )
    st.page_link(page_at("losses").script, label="Next: outliers", query_params={"section": "outliers"})
