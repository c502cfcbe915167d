"""Some series side by side, as they are."""

from __future__ import annotations

import numpy as np
import plotly.graph_objects as go

from ui.charts.blank import LEFT, axis, blank
from ui.charts.palette import LIGHT, Palette


def figure(series: np.ndarray, targets: np.ndarray, *, target: str, palette: Palette = LIGHT) -> go.Figure:
    """Series (n, steps), one line each, and its target (n,) as a dot at the step after its last."""
    chart = blank(
        height=340,
        margin={"l": LEFT, "r": 12, "t": 36, "b": 44},
        xaxis=axis("step"),
        yaxis=axis("value"),
    )
    steps = np.arange(series.shape[1])
    for number, (values, last) in enumerate(zip(series, targets, strict=True)):
        colour, group = palette.colour(f"layer:{number}"), {"legendgroup": str(number), "name": f"series {number}"}
        chart.add_trace(go.Scatter(x=steps, y=values, mode="lines", line={"color": colour, "width": 1.5}, **group))
        chart.add_trace(
            go.Scatter(
                x=[len(steps)],
                y=[last],
                mode="markers",
                marker={"color": colour, "size": 9},
                showlegend=False,
                hovertemplate=f"{target}: %{{y:.3f}}",
                **group,
            )
        )
    return chart
