"""What goes with what: a square for every two columns, blue together, orange against each other."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import plotly.graph_objects as go

from ui.charts.blank import axis, blank
from ui.charts.palette import LIGHT, Palette

_WRITTEN = 12  # up to so many columns there is room for numbers in the squares


def figure(names: Sequence[str], matrix: np.ndarray, palette: Palette = LIGHT) -> go.Figure:
    """The matrix (d, d) of correlations between columns of these names; a square is empty where there is none."""
    size = len(names)
    squares = go.Heatmap(
        x=list(names),
        y=list(names),
        z=matrix,
        zmin=-1,
        zmax=1,
        zmid=0,
        colorscale=palette.diverging,
        xgap=1,
        ygap=1,
        texttemplate="%{z:.2f}" if size <= _WRITTEN else None,
        hovertemplate="%{x}<br>%{y}<br>r = %{z:.3f}<extra></extra>",
        colorbar={"title": {"text": "r"}, "thickness": 12, "tickvals": [-1, -0.5, 0, 0.5, 1]},
    )
    chart = blank(
        height=max(300, 130 + 26 * size) if size <= 20 else 640,
        margin={"l": 8, "r": 8, "t": 8, "b": 8},
        xaxis=axis(automargin=True, tickangle=-45, type="category"),
        yaxis=axis(automargin=True, autorange="reversed", type="category"),
    )
    return chart.add_trace(squares)
