"""Quantities that were measured several times at each place: a line through the middle, and a band around it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import plotly.graph_objects as go

from ui.charts.blank import LEFT, axis, blank, name_heights
from ui.charts.palette import LIGHT, Palette


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One quantity: at every place its middle, and what a band reaches from (`low`) and to (`high`)."""

    title: str
    role: str
    middle: Sequence[float]
    low: Sequence[float]
    high: Sequence[float]
    dash: str = "solid"


def figure(
    x: Sequence[float], lines: Sequence[Line], *, across: str, up: str, log: bool = False, palette: Palette = LIGHT
) -> go.Figure:
    """Lines over `x`, whose axis is logarithmic and has a tick at each place; `log`: the other one is, too."""
    chart = blank(
        height=320,
        margin={"l": LEFT, "r": 12, "t": 40, "b": 46},
        xaxis=axis(across, type="log", tickvals=list(x), ticktext=[f"{value:,}" for value in x]),
        yaxis=axis(type="log", exponentformat="power") if log else axis(),
        hovermode="x unified",
    )
    for line in lines:
        colour = palette.colour(line.role)
        chart.add_trace(
            go.Scatter(
                x=[*x, *reversed(x)],
                y=[*line.high, *reversed(line.low)],
                fill="toself",
                fillcolor=colour,
                opacity=0.16,
                line={"width": 0},
                hoverinfo="skip",
                showlegend=False,
                mode="lines",
            )
        )
        chart.add_trace(
            go.Scatter(
                x=list(x),
                y=list(line.middle),
                name=line.title,
                mode="lines+markers",
                line={"color": colour, "dash": line.dash, "width": 2.5},
                hovertemplate="%{y:.4g}",
            )
        )
    return name_heights(chart, up)
