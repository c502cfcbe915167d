"""The worked example: a network of three units and seven parameters, followed through one update."""

from __future__ import annotations

import streamlit as st

from dlcore.export.backprop import as_plain_python, as_pytorch
from dlcore.specs.traced import WORKED, Traced
from ui.glossary import term
from ui.lessons.backpropagation_part import Traces
from ui.teaching import explain, predict


def worked_section() -> None:
    """Draw the section."""
    st.markdown(
        f"{term('Backpropagation')} asks of every weight: if it grew a little, how would the {term('loss')} "
        f"change? **Forward**, the network computes its answer, one small operation after the other. "
        f"**Backward**, it goes through the same operations in reverse; at each, the {term('chain rule')} "
        f"multiplies the {term('upstream gradient')} by the operation's own, *local* derivative."
    )
    predict(
        "backpropagation worked",
        "The answer will be 1.16 and should be 1.5. What will one update do to the seven weights and biases?",
        ("All seven grow", "Some grow and some shrink", "Only the three of the output unit change"),
        right=0,
        why="The answer is too small, so the loss falls where $a_3$ grows. Here everything on the way is positive: the "
        "input, both hidden outputs, both output weights, and the slope 1 of both ReLUs. So each of the seven numbers "
        "pulls $a_3$ up when it grows. Open $w_{1→3}$, set it to −0.4 and look again: the weight and the bias of "
        "unit 1 now shrink, for unit 1 now pulls the answer down.",
    )
    traces = Traces("worked", WORKED)
    traces.draw()
    explain(
        "**The backward pass needs the forward pass.** The gradient of a weight is the upstream gradient times the "
        "number that the weight was multiplied with: $\\partial L/\\partial w_{x→1} = \\partial L/\\partial z_1 "
        "\\cdot x$. So every number is kept until then; that is what fills the memory while a network trains.\n\n"
        "**Nothing is computed twice.** $\\partial L/\\partial a_3$ is found once and handed to everything below. So "
        "all gradients together cost about two more forward passes, however many weights there are; finite "
        "differences cost two forward passes *for each weight*.\n\n"
        "**The output weight is a factor of the hidden gradients.** $\\partial L/\\partial a_1 = \\partial L/\\partial "
        "a_3 \\cdot w_{1→3}$: how much unit 1 is to blame depends on how strongly it was listened to. In the next "
        "section a tutorial forgets it.\n\n"
        "**First all gradients, then all updates.** Gradients are taken at the old weights; only when all are known "
        "does each weight move by $-\\eta\\,\\partial L/\\partial w$.\n\n"
        "**Backpropagation does not learn.** It finds gradients, exact up to rounding. What is done with them is the "
        "optimizer's business: here plain gradient descent, which promises a smaller loss only where the step is "
        "small enough. Take the new weights again and again and watch $L$; then set η to 2."
    )
    code_of(traces.spec)


def code_of(spec: Traced) -> None:
    """The programs that give the very numbers above."""
    with st.expander("The code", icon=":material/code:"):
        torch, plain = st.tabs(["PyTorch", "Plain Python"])
        torch.code(as_pytorch(spec), language="python")
        plain.code(as_plain_python(spec), language="python")
