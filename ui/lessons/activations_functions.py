"""The section on the functions themselves: each with its derivative, and a point on both to drag."""

from __future__ import annotations

from dataclasses import dataclass

import streamlit as st

from dlcore.training.activations import ACTIVATIONS
from ui.browser_part import browser_part
from ui.glossary import term
from ui.pages import page_at
from ui.teaching import explain, predict, the_code


@dataclass(frozen=True, slots=True, kw_only=True)
class Note:
    """What is to be said of one function: its derivative, as LaTeX, and one or two sentences."""

    slope: str
    text: str


NOTES = {
    "sigmoid": Note(
        slope=r"\sigma(z)\,(1-\sigma(z))",
        text="Every output lies between 0 and 1, so it can be read as a probability. Its slope is never more than "
        "0.25: of every gradient it takes away at least three quarters.",
    ),
    "tanh": Note(
        slope=r"1-\tanh^2 z",
        text="A sigmoid stretched to −1 … 1: tanh z = 2 σ(2z) − 1. Its outputs lie around 0, and its slope is 1 at 0, "
        "but it saturates even sooner.",
    ),
    "relu": Note(
        slope=r"1 \text{ if } z > 0 \text{ else } 0",
        text="For z > 0 a gradient passes unchanged, which is why deep networks use it. For z < 0 nothing passes. At "
        "z = 0 there is a corner and no derivative; PyTorch takes 0.",
    ),
    "leaky_relu": Note(
        slope=r"1 \text{ if } z > 0 \text{ else } 0.01",
        text="On the left a hundredth of the gradient still passes: little, and so shaded, but never nothing. That is "
        "what lets a unit come back.",
    ),
    "elu": Note(
        slope=r"1 \text{ if } z > 0 \text{ else } e^{z}",
        text="Bends smoothly towards −1, so that the mean of its outputs lies closer to 0 than with ReLU. Far on the "
        "left it saturates.",
    ),
    "gelu": Note(
        slope=r"\Phi(z) + z\,\varphi(z)",
        text="z, weighted by the share Φ(z) of a bell curve below z. It dips below 0 before it rises, so its slope is "
        "negative left of −0.75. BERT and GPT-2 use it.",
    ),
    "silu": Note(
        slope=r"\sigma(z)\,(1 + z\,(1-\sigma(z)))",
        text="z, weighted by a sigmoid; also called swish. Like GELU it dips, to −0.28 at z = −1.28.",
    ),
    "softplus": Note(
        slope=r"\sigma(z)",
        text="A ReLU without the corner: always above it, by ln 2 at z = 0. Its slope is the sigmoid.",
    ),
}
ROWS = tuple(row for row in ACTIVATIONS if row.name in NOTES)
_CODE = """import torch

z = torch.linspace(-6, 6, 241, dtype=torch.float64, requires_grad=True)
a = torch.nn.{module}({arguments})(z)
(slope,) = torch.autograd.grad(a.sum(), z)  # of a sum, because each a depends on its own z alone

for at in (-2, -1, 0, 1, 2):
    k = int((z - at).abs().argmin())
    print(f"z {{at:>2}}: f(z) {{a[k].item():.3f}}, f'(z) {{slope[k].item():.3f}}")
print("saturated:", f"{{(slope.abs() < 0.1).double().mean().item():.0%}} of -6 ... 6")
"""


def functions_section() -> None:
    """Draw the section."""
    st.markdown(
        f"A {term('unit')} adds up its inputs, z = w·x + b, and an {term('activation function')} bends the sum: "
        "a = f(z). Without the bend any number of layers would be no more than one. Learning goes the other way: a "
        f"{term('gradient')} that comes back is multiplied by the **slope** f′(z), so the slope matters as much as "
        f"the function. Where it is nearly 0, the unit is in {term('saturation')}: it hardly learns."
    )
    predict(
        "activations sigmoid slope",
        "What is the steepest slope that a sigmoid has?",
        ("1", "0.5", "0.25"),
        right=2,
        why="f′(z) = σ(z)(1 − σ(z)), which is largest where σ(z) = 0.5, at z = 0: 0.5 · 0.5 = 0.25. Drag the point and "
        "see that the slope is less everywhere else.",
    )
    titles = {row.name: row.title for row in ROWS}
    if st.session_state.get("activation function") not in titles:
        st.session_state["activation function"] = ROWS[0].name
    chosen = st.segmented_control(
        "Activation function",
        tuple(titles),
        format_func=titles.__getitem__,
        required=True,
        label_visibility="collapsed",
        key="activation function",
    )
    row = next(row for row in ROWS if row.name == chosen)
    note = NOTES[row.name]
    st.markdown(f"$f(z) = {row.formula} \\qquad f'(z) = {note.slope}$")
    browser_part(
        "layerlab_activations",
        "activations.js",
        key="activation pair",
        data={"functions": [{"name": name, "title": title} for name, title in titles.items()], "chosen": row.name},
        on={},
    )
    st.markdown(f"**{row.title}.** {note.text}")
    explain(
        "**Saturated** (shaded) is where |f′(z)| < 0.1. Sigmoid and tanh are flat on both sides: a unit whose sums are "
        f"large, whatever their sign, hardly learns. {term('ReLU')} is flat on the left alone.\n\n"
        "**A long way back multiplies.** Ten sigmoid units in a row let through at most 0.25¹⁰, less than a millionth "
        "(the weights between them multiply, too). See it in a network that trains: "
        "[vanishing gradients](activations?section=vanishing).\n\n"
        "**“ReLU fixes dying neurons” is upside down.** ReLU is what neurons die of: where z < 0 for every sample its "
        "slope is exactly 0. What it cures is vanishing: its slope is 1 on the right. See "
        "[dying ReLUs](activations?section=dying)."
    )
    arguments = ", ".join(f"{name}={value}" for name, value in row.arguments.items())
    the_code(_CODE.format(module=row.module, arguments=arguments))
    st.page_link(
        page_at("activations").script,
        label="Next: softmax, which looks at several sums at once",
        query_params={"section": "softmax"},
    )
