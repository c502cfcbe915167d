"""One neuron by hand: weights, bias and activation to drag, its border and its output, all computed in the browser."""

from __future__ import annotations

from dataclasses import asdict, dataclass

import streamlit as st

from ui.browser_part import browser_part
from ui.glossary import term
from ui.pages import page_at
from ui.teaching import explain, predict


@dataclass(frozen=True, slots=True, kw_only=True)
class Task:
    """Points to tell apart: (x1, x2, class) each, and the fewest mistakes that any line makes among them."""

    name: str
    title: str
    points: tuple[tuple[float, float, int], ...]
    fewest: int


TASKS = (
    Task(
        name="clouds",
        title="Two clouds",
        points=(
            (1.9, 1.2, 1), (1.3, 2.2, 1), (2.4, 2.0, 1), (0.9, 1.4, 1), (2.1, 0.4, 1),
            (-1.6, -0.8, 0), (-2.3, -1.9, 0), (-0.7, -1.8, 0), (-1.2, 0.3, 0), (-2.2, 0.1, 0),
        ),
        fewest=0,
    ),
    Task(
        name="close",
        title="Close together",
        points=(
            (-2.2, 0.2, 1), (-1.0, 0.9, 1), (0.3, 1.7, 1), (1.6, 2.3, 1), (-1.4, 2.0, 1),
            (-1.7, -0.7, 0), (-0.4, 0.1, 0), (0.9, 0.8, 0), (2.2, 1.5, 0), (1.2, -1.4, 0),
        ),
        fewest=0,
    ),
    Task(
        name="xor",
        title="XOR",
        points=((-2.0, -2.0, 0), (2.0, 2.0, 0), (-2.0, 2.0, 1), (2.0, -2.0, 1)),
        fewest=1,
    ),
)  # fmt: skip


def by_hand_section() -> None:
    """Draw the section."""
    st.markdown(
        f"A {term('neuron')} multiplies each input by a {term('weight')}, adds the products and a {term('bias')}, and "
        f"sends the sum $z = w \\cdot x + b$ through an {term('activation function')}. All places with $z = 0$ lie on "
        "a straight line: its **border**. Drag the line, the tip of $w$ or the input $x$, and read what changes."
    )
    left, right = st.columns(2)  # side by side, so that a projector shows what is below
    with left:
        predict(
            "neuron border",
            "Weights and bias are all doubled. What becomes of the border?",
            ("It moves away from the middle", "It turns", "It stays, and the output changes faster across it"),
            right=2,
            why="$2w \\cdot x + 2b = 0$ holds at the very places where $w \\cdot x + b = 0$ does. But every other $z$ "
            "is twice as large, so a sigmoid gets from near 0 to near 1 within half the distance. Press “w and b × 2” "
            "and look at the colours and at the curve.",
        )
    with right:
        predict(
            "neuron xor",
            "XOR: how many of its four corners can one straight line get right?",
            ("Two", "Three", "All four"),
            right=1,
            why="Add up $z$ over the two blue corners: the weights cancel and $2b$ is left, so $b > 0$ is needed. "
            "Over the two orange ones $2b$ is left as well, so $b \\le 0$ is needed. Both cannot be: at least one "
            "corner is wrong. Choose the points “XOR” and try.",
        )
    browser_part(
        "layerlab_neuron", "neuron.js", key="neuron part", data={"tasks": [asdict(row) for row in TASKS]}, on={}
    )
    explain(
        "**The weights are a direction.** $w$ stands at right angles to the border and points to the side where "
        "$z > 0$. The distance of a point from the border is $z / |w|$.\n\n"
        "**The bias is a shift.** With $b = 0$ the border runs through the origin; else it lies $|b| / |w|$ away from "
        "it.\n\n"
        "**The activation is a curve over z.** It bends the slope, never the border: whichever you choose, outputs "
        "are equal along every line parallel to it. None of these four falls where $z$ grows, so one neuron tells two "
        "*sides* apart, and XOR has no two sides.\n\n"
        "**What it needs to learn.** A step has slope 0 wherever it has one, so it gives no hint which way to move $w$ "
        "and $b$. Rosenblatt's rule does without slopes (*By a rule*); sigmoid, tanh and ReLU have slopes, and layers "
        "of them can be trained (*With a hidden layer*)."
    )
    st.page_link(page_at("neuron").script, label="Next: the neuron learns by a rule", query_params={"section": "rule"})
