"""The section on softmax: scores to drag, their shares, and the temperature."""

from __future__ import annotations

import streamlit as st

from ui.browser_part import browser_part
from ui.glossary import term
from ui.pages import page_at
from ui.teaching import explain, predict, the_code

_CODE = """import torch

scores = torch.tensor([2.0, 1.0, 0.0, -1.0], dtype=torch.float64, requires_grad=True)
temperature = 1.0
shares = torch.softmax(scores / temperature, dim=0)
slopes = torch.autograd.functional.jacobian(lambda z: torch.softmax(z / temperature, dim=0), scores)
print(shares.detach())  # 0.644 0.237 0.087 0.032
print(slopes)  # row i, column j: how p_i changes with z_j
"""


def softmax_section() -> None:
    """Draw the section."""
    st.markdown(
        f"{term('Softmax')} turns the scores of all classes into shares that sum to 1. A share grows with its own "
        f"score and falls with every other. Divided by a {term('temperature')} T first, scores become more alike "
        "(T > 1) or further apart (T < 1):  \n"
        r"$p_i = e^{z_i/T} \,/\, \sum_j e^{z_j/T} \qquad \partial p_i/\partial z_j = p_i\,(\delta_{ij} - p_j)\,/\,T$, "
        r"where $\delta_{ij}$ is 1 for $i=j$ and else 0."
    )
    predict(
        "activations softmax",
        "All four scores grow by 1. What happens to the shares?",
        ("The largest share grows", "They become more alike", "Nothing"),
        right=2,
        why="eᶻ⁺¹ = e · eᶻ, so that every term grows by the same factor e, and it cancels. Only differences between "
        "scores count. Libraries use this: they take the largest score away first, so that no e^z overflows.",
    )
    browser_part("layerlab_softmax", "activations-softmax.js", key="softmax part", data={}, on={})
    explain(
        "**Two scores and T = 1** make a sigmoid: p = σ(z₁ − z₂).\n\n"
        "**Temperature** is for reading out, as in text generators: near 0 the highest score takes all, at a high one "
        "all classes are nearly even. The order of the shares never changes.\n\n"
        "**It saturates as well.** Drag one score far above the others: all derivatives in the table go to 0. With "
        "cross-entropy this does no harm, for there the gradient is p − y, the share minus what it should be; with "
        "squared error it does: see [losses](losses).\n\n"
        "**Shares are not certainty.** They sum to 1 for any scores whatever, also for a picture of nothing."
    )
    the_code(_CODE)
    st.page_link(
        page_at("activations").script,
        label="Next: what a slope below 1 does to a deep network",
        query_params={"section": "vanishing"},
    )
