"""The leak as a demonstration: the same network with honest preparation and with a leak, on many splits."""

from __future__ import annotations

from concurrent.futures import TimeoutError as Late
from typing import Any

import numpy as np
import plotly.graph_objects as go
import streamlit as st

from dlcore.specs.own_table import OwnTable
from ui.answers import answer_of
from ui.charts.blank import axis, blank
from ui.charts.palette import LIGHT
from ui.engine import the_engine
from ui.glossary import term
from ui.plain_text import plain
from ui.teaching import predict

_PATIENCE = 20.0  # seconds


def leak_panel(data: OwnTable) -> None:
    """Draw the question, the button, and the answer for these data."""
    with st.expander("What does a leak do?", icon=":material/water_drop:", expanded=data.leak):
        st.markdown(
            "Means, scales and choices have to be measured on the **training part alone**. Measured on all rows, they "
            f"tell the network something about the test part, a {term('leak')}, and the test score no longer says how "
            "it does on new data."
        )
        predict(
            "leak",
            "Which step flatters most when it leaks?",
            ("Scaling", "Filling gaps", "Choosing inputs by their answers"),
            right=2,
            why="Scaling and filling look at inputs only, and a mean of all rows hardly differs from one of the "
            "training rows: such a leak changes next to nothing. Choosing inputs looks at the **answers** of the test "
            "part. Among hundreds of columns of pure noise some fit them by chance, and those are the ones it keeps.",
        )
        key = f"leak effect {data.upload}"
        asked = data.replace({"leak": False, "axes": None}).as_json()
        if st.button("Measure it on these data", icon=":material/science:", key=f"{key} button"):
            try:
                asked_for = the_engine().ask("dlcore.explain.leakage:leak_effect", data=data)
                effect = answer_of(asked_for, _PATIENCE)
                st.session_state[key] = (asked, effect)
            except Late:
                st.warning("The training processes are busy; try again in a moment.")
            except ValueError as refusal:
                st.warning(plain(f"{str(refusal).removesuffix('.')}."), icon=":material/block:")
        known = st.session_state.get(key)
        if known is not None and known[0] == asked:
            _show(data, known[1])


def _show(data: OwnTable, effect: dict[str, Any]) -> None:
    honest, leaky = np.array(effect["honest"]), np.array(effect["leaky"])
    score = "accuracy" if data.classes else "R²"
    first, second = st.columns(2)
    first.metric(f"Test {score}, honest", f"{honest.mean():.3f}", help=_spread(honest))
    second.metric(
        f"Test {score}, with the leak", f"{leaky.mean():.3f}", f"{leaky.mean() - honest.mean():+.3f}", delta_color="off"
    )
    st.plotly_chart(_chart(honest, leaky, effect["usual"], score), width="stretch", config={"displayModeBar": False})
    splits = f"{len(honest)} random splits" if len(honest) > 1 else "one split by time"
    st.caption(
        f"A network of a single layer, trained on {splits} of {effect['rows']:,} rows, once with each preparation; "
        "each point is one split."
    )
    st.markdown(_said(data, float(honest.mean()), float(leaky.mean()), float(honest.std())))


def _said(data: OwnTable, honest: float, leaky: float, spread: float) -> str:
    gain = leaky - honest
    if gain > max(0.05, 0.5 * spread):
        return (
            f"The leak adds {gain:.2f} to the test score, and **none of it is real**: on new rows the network does as "
            "the honest score says."
        )
    why = (
        "Here the choice finds the same inputs with and without the test part."
        if data.keep is not None
        else "Scaling and filling gaps look at no answers. Switch *Keep the best inputs only* on, with a table of many "
        "columns and few rows, and try again."
    )
    return f"On these data the leak changes hardly anything ({gain:+.3f}). {why}"


def _spread(scores: np.ndarray) -> str:
    return f"Standard deviation over the splits: {scores.std():.3f}."


def _chart(honest: np.ndarray, leaky: np.ndarray, usual: float, score: str) -> go.Figure:
    chart = blank(
        height=190,
        showlegend=False,
        margin={"l": 84, "r": 12, "t": 26, "b": 46},
        xaxis=axis() | {"title": {"text": f"test {score}", "standoff": 16}},
        yaxis=axis(tickvals=[0, 1], ticktext=["with leak", "honest"], range=[-0.6, 1.6]),
    )
    for place, (scores, role) in enumerate(((leaky, "negative"), (honest, "positive"))):
        spread = np.linspace(-0.25, 0.25, len(scores)) if len(scores) > 1 else np.zeros(1)
        chart.add_trace(
            go.Scatter(
                x=scores.tolist(),
                y=(place + spread).tolist(),
                mode="markers",
                marker={"color": LIGHT.colour(role), "size": 8, "opacity": 0.75},
                hovertemplate="%{x:.3f}<extra></extra>",
            )
        )
    if usual:
        chart.add_vline(x=usual, line={"color": LIGHT.colour("muted"), "dash": "dot"})
        chart.add_annotation(
            text="always the same answer",
            x=usual,
            y=1,
            yref="paper",
            yanchor="bottom",
            showarrow=False,
            font={"size": 11},
        )
    return chart
