"""One feature against another: a point a sample, in the colour of its class or by the value of its target."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import plotly.graph_objects as go

from ui.charts.blank import LEFT, axis, blank
from ui.charts.palette import LIGHT, Palette

HEIGHT = 380  # px
_SIGNS = ("circle", "square", "triangle-up", "diamond", "cross", "x", "star", "pentagon", "hexagon", "hourglass")


def figure(
    x: np.ndarray,
    y: np.ndarray,
    targets: np.ndarray,
    *,
    titles: tuple[str, str],
    target: str,
    classes: Sequence[str] = (),
    palette: Palette = LIGHT,
) -> go.Figure:
    """Points (n,) against (n,); `targets` (n,) are class numbers, or values where there are no classes.

    Classes differ in colour and in sign, because not everybody tells colours apart.
    """
    chart = blank(
        height=HEIGHT,
        margin={"l": LEFT, "r": 12, "t": 36, "b": 44},
        xaxis=axis(titles[0]),
        yaxis=axis(titles[1]),
        showlegend=bool(classes),
    )
    for number, name in enumerate(classes):
        chosen = targets == number
        chart.add_trace(
            go.Scatter(
                x=x[chosen],
                y=y[chosen],
                mode="markers",
                name=name,
                marker={
                    "color": palette.colour(f"class:{number}"),
                    "symbol": _SIGNS[number % len(_SIGNS)],
                    "size": 6,
                    "opacity": 0.75,
                },
            )
        )
    if not classes:
        marker = {
            "color": targets,
            "colorscale": "Viridis",
            "size": 6,
            "colorbar": {"title": {"text": target}, "thickness": 12},
        }
        chart.add_trace(go.Scatter(x=x, y=y, mode="markers", marker=marker, name=target))
    return chart
