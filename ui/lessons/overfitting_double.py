"""Double descent with random features: the error on new data as the features pass the number of examples."""

from __future__ import annotations

import numpy as np
import plotly.graph_objects as go
import streamlit as st

from ui.charts.measured import Line, figure
from ui.charts.palette import LIGHT
from ui.glossary import term
from ui.lessons.overfitting_measure import Found, measured
from ui.pages import page_at
from ui.teaching import explain, predict, the_code

SHARES = (0.05, 0.1, 0.25, 0.5, 0.75, 0.9, 1, 1.1, 1.25, 1.5, 2.5, 5, 10, 20)  # features for each example
CODE = """\
import torch

examples, features, noise = 40, 40, 0.2
x = torch.randn(examples + 400, 8, dtype=torch.float64)
direction = torch.randn(8, dtype=torch.float64)
true = torch.sin(x @ (direction / direction.norm()))
y = true[:examples] + noise * torch.randn(examples, dtype=torch.float64)

f = torch.relu(x @ torch.randn(8, features, dtype=torch.float64)) / features**0.5  # features that nobody trains
weights = torch.linalg.pinv(f[:examples]) @ y  # of all that fit best, the shortest
print("train", ((f[:examples] @ weights - y) ** 2).mean().item())
print("new", ((f[examples:] @ weights - true[examples:]) ** 2).mean().item())
"""


def double_section() -> None:
    """Draw the section."""
    st.markdown(
        f"**{term('Double descent')}**: the error on new data falls, rises to a peak where the model can *just* fit "
        "every training example, and falls again beyond. Here a linear model learns from random ReLU features: a "
        "network with one hidden layer of which only the last layer is trained, and that exactly, by least squares."
    )
    predict(
        "overfitting double",
        "40 noisy examples. 40 features fit them all exactly; 800 features do as well. Which does better on new data?",
        ("40: the fewer parameters the better", "800", "Both the same: their training error is 0"),
        right=1,
        why="With 40 features exactly one set of weights fits, and to hit every noisy value it has to be huge. With "
        "800 there are endlessly many that fit, and the shortest of them, which is taken here, is far tamer.",
    )
    with st.container(horizontal=True, gap="medium"):
        examples = st.segmented_control("Examples", (20, 40, 80), default=40, required=True, key="double examples")
        noise = st.segmented_control("Noise σ", (0.0, 0.2, 0.5), default=0.2, required=True, key="double noise")
        l2 = st.segmented_control("L2 penalty λ", (0.001, 0.01, 0.1, 1.0), default=0.1, required=True, key="double l2")
    counts = tuple(sorted({max(1, round(share * examples)) for share in SHARES}))
    points = [{"features": count, "examples": examples, "noise": noise, "l2": l2} for count in counts]
    found = measured("double descent", "dlcore.explain.double_descent:errors", points)
    if found is not None:
        st.plotly_chart(_chart(counts, found, examples), width="stretch", config={"displayModeBar": False})
        st.caption(_said(counts, found, examples))
    explain(
        "**What it is.** At the peak the features are as many as the examples. The fit has no freedom left: where "
        "the features hardly vary it takes enormous weights to hit every value, noise included. That is variance. "
        "Beyond, there are many ways to fit, and taking the **shortest** weights makes the fit smoother again.\n\n"
        "**What it is not.**\n"
        "- *Not a promise that larger is better.* With much noise the second descent stays above the first valley: "
        "choose σ = 0.5 and compare.\n"
        "- *Not a law.* With the right L2 penalty the peak is gone: look at the third line. A model that is "
        "regularized, or stopped early, need not show any.\n"
        "- *Not the end of over-fitting.* The training error is 0 on the whole right half, and new data are not.\n"
        "- *Not shown here for trained networks.* Peaks like this were found with large networks on images, most "
        "clearly with wrong labels among them (Belkin et al. 2019, Nakkiran et al. 2020); here it is a model small "
        "enough to be computed exactly.\n\n"
        "Why the shortest? Gradient descent on the squared error that starts at zero ends there, without being told. "
        "Each line is the median of 20 draws of everything; the band holds the middle half of them, for near the peak "
        "a mean would be ruled by the one worst draw. Errors are measured against the true values, without noise."
    )
    the_code(CODE)
    st.page_link(page_at("overfitting").script, label="Next: the cures", query_params={"section": "cures"})


def _chart(counts: tuple[int, ...], found: Found, examples: int) -> go.Figure:
    titles = (
        ("train", "training examples", "train"),
        ("test", "new data", "test"),
        ("l2", "new data, with L2", "variant:1"),
    )
    lines = []
    for name, title, role in titles:
        low, middle, high = np.quantile([row[name] for row in found], (0.25, 0.5, 0.75), axis=1)
        shown = [np.where(each > _ROUNDING, each, np.nan).tolist() for each in (middle, low, high)]
        if name == "train":  # 0 but for rounding has no place on a logarithmic axis
            keep = int((middle > _ROUNDING).sum())
            shown = [each[:keep] for each in shown]
        lines.append(
            Line(
                title=title,
                role=role,
                middle=shown[0],
                low=shown[1],
                high=shown[2],
                dash="dash" if name == "test" else "solid",
            )
        )
    chart = figure(counts, lines, across="features", up="mean squared error (median of 20)", log=True)
    chart.update_xaxes(
        tickvals=[count for count in counts if count in (1, 2, 4, 10, 20, 40, 80, 100, 200, 400, 800, 1600)]
    )
    chart.add_vline(x=examples, line={"color": LIGHT.colour("muted"), "dash": "dot"})
    chart.add_annotation(
        text="as many features as examples", x=np.log10(examples), y=1, yref="paper", yanchor="top", xanchor="left",
        xshift=4, showarrow=False, font={"size": 11},
    )  # fmt: skip
    return chart


_ROUNDING = 1e-12


def _said(counts: tuple[int, ...], found: Found, examples: int) -> str:
    middle = [float(np.median(row["test"])) for row in found]
    first = min((number for number, count in enumerate(counts) if count < examples), key=middle.__getitem__)
    peak = max(range(len(counts)), key=middle.__getitem__)
    return (
        f"First valley: {middle[first]:.3f} with {counts[first]} features. Peak: {middle[peak]:.3g} with "
        f"{counts[peak]}. With {counts[-1]:,} features: {middle[-1]:.3f}, "
        f"{'below' if middle[-1] < middle[first] else 'above'} the first valley."
    )
