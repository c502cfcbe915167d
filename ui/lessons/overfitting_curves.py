"""The learning curve and the validation curve of small networks, measured on workers over several seeds."""

from __future__ import annotations

import statistics

import plotly.graph_objects as go
import streamlit as st

from ui.charts.measured import Line, figure
from ui.glossary import term
from ui.lessons.overfitting_measure import Found, measured
from ui.pages import page_at
from ui.teaching import explain, predict

EXAMPLES = (10, 20, 40, 80, 160, 320, 640)
UNITS = (1, 2, 4, 8, 16, 32, 64)
_SETS = {"circle": "Circle", "moons": "Two moons", "xor": "XOR"}
_NOISES = (0.1, 0.2, 0.3, 0.4)
_FUNCTION = "dlcore.explain.capacity:scores"


def curves_section() -> None:
    """Draw the section."""
    st.markdown(
        f"The **{term('learning curve')}** sets the score against the number of training examples, the "
        f"**{term('validation curve')}** against {term('capacity')}. Each point is measured: eight networks, each "
        "with examples and first weights of its own, are trained and tested on 500 new points; the band is one "
        "standard deviation to either side of their mean."
    )
    predict(
        "overfitting learning curve",
        "A network with 16 hidden units gets more and more training examples. What happens to its accuracy on those "
        "very examples?",
        ("It rises: more to learn from", "It stays", "It falls, and the test accuracy rises towards it"),
        right=2,
        why="Ten examples are easily known by heart. The more there are, the less can be learned by heart, and what "
        "remains is what they have in common. The training score falls, the test score rises, and both approach what "
        "the network can do at best on such data.",
    )
    with st.container(horizontal=True, gap="medium"):
        name = st.segmented_control(
            "Data", tuple(_SETS), format_func=_SETS.__getitem__, default="circle", required=True, key="curves data"
        )
        noise = st.segmented_control(
            "Noise", _NOISES, format_func=lambda value: f"{value:.0%}", default=0.3, required=True, key="curves noise"
        )
    which = st.segmented_control(
        "Curve", ("Learning curve", "Validation curve"), default="Learning curve", required=True, key="curves which"
    )
    if which == "Learning curve":
        units = st.select_slider("Hidden units", UNITS, 16, key="curves units")
        points = [{"name": name, "noise": noise, "examples": count, "units": units} for count in EXAMPLES]
        found = measured("learning curve", _FUNCTION, points)
        across = "training examples"
    else:
        count = st.select_slider("Training examples", EXAMPLES, 40, key="curves examples")
        points = [{"name": name, "noise": noise, "examples": count, "units": units} for units in UNITS]
        found = measured("validation curve", _FUNCTION, points)
        across = "hidden units"
    if found is not None:
        places = EXAMPLES if which == "Learning curve" else UNITS
        st.plotly_chart(_chart(places, found, across), width="stretch", config={"displayModeBar": False})
        st.caption(_said(places, found, across))
    explain(
        "**Read a learning curve from its right end.** A wide gap there (training high, test low) means over-fitting, "
        "and the test curve still climbs: more examples will help. Two curves that have met at a poor score mean "
        "under-fitting: more examples will *not* help, more capacity may. Try 1 hidden unit.\n\n"
        "**Read a validation curve from its highest test score.** To the left of it both scores are low: "
        "under-fitting. To the right the training score goes on rising and the test score no longer does. With "
        "networks it often falls only a little, far less than with polynomials: a limited number of small steps from "
        "random first weights holds them back.\n\n"
        "**The bands** say how much is luck. With 10 examples it matters most *which* ten. Two means whose bands "
        "overlap widely should not be told apart on eight runs.\n\n"
        "Choosing the best point of a validation curve uses up its test data: the score there flatters. A fair number "
        "needs data that no choice has seen, or cross-validation inside the training data."
    )
    with st.container(horizontal=True):
        st.page_link(
            page_at("data").script, label="Cross-validation in the Data studio", query_params={"section": "folds"}
        )
        st.page_link(page_at("overfitting").script, label="Next: bias and variance", query_params={"section": "bias"})


def _chart(places: tuple[int, ...], found: Found, across: str) -> go.Figure:
    lines = [
        _line("training examples", "train", [row["train"] for row in found]),
        _line("500 new points", "test", [row["test"] for row in found], dash="dash"),
    ]
    return figure(places, lines, across=across, up="accuracy (mean ± s of 8 networks)")


def _line(title: str, role: str, values: list[list[float]], dash: str = "solid") -> Line:
    middle = [statistics.fmean(each) for each in values]
    spread = [statistics.stdev(each) for each in values]
    low, high = ([m + sign * s for m, s in zip(middle, spread, strict=True)] for sign in (-1, 1))
    return Line(title=title, role=role, middle=middle, low=low, high=high, dash=dash)


def _said(places: tuple[int, ...], found: Found, across: str) -> str:
    train, test = ([statistics.fmean(row[part]) for row in found] for part in ("train", "test"))
    best = max(range(len(places)), key=test.__getitem__)
    return (
        f"Best test accuracy: {test[best]:.3f} with {places[best]:,} {across}, {train[best]:.3f} on the training "
        f"examples. With {places[0]:,}: {test[0]:.3f} and {train[0]:.3f}."
    )
