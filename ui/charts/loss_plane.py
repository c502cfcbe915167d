"""The loss over a plane through a network's weights in 3-D, and the way of its training beside it."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import plotly.graph_objects as go

from ui.charts.blank import blank
from ui.charts.palette import LIGHT, Palette

RATIO = 30.0  # of the highest loss to the lowest above which heights are logarithmic
_CAMERA = {"eye": {"x": -1.2, "y": -1.3, "z": 1.0}, "center": {"x": 0, "y": 0, "z": -0.2}}


def figure(
    u: Sequence[float],
    v: Sequence[float],
    heights: np.ndarray,
    way: np.ndarray,
    below: np.ndarray,
    losses: np.ndarray,
    *,
    axes: tuple[str, str],
    palette: Palette = LIGHT,
) -> go.Figure:
    """Heights (len(v), len(u)) over the places u and v, and two lines over the way (n, 2).

    The solid line lies on the surface, at the loss `below` (n,); the dashed one at the `losses` (n,) of the network
    itself, which is beside the plane. What is no number, or outside u and v, is left out.
    """
    chart = blank(
        height=380,
        margin={"l": 0, "r": 0, "t": 24, "b": 0},
        scene={
            "xaxis": {"title": {"text": axes[0]}, "range": [u[0], u[-1]], "nticks": 5},
            "yaxis": {"title": {"text": axes[1]}, "range": [v[0], v[-1]], "nticks": 5},
            "zaxis": {"title": {"text": "loss"}, "nticks": 4, "type": "log" if _wide(heights) else "linear"},
            "aspectmode": "manual",
            "aspectratio": {"x": 1, "y": 1, "z": 0.6},
            "camera": _CAMERA,
        },
    )
    chart.add_trace(
        go.Surface(
            x=list(u),
            y=list(v),
            z=np.where(np.isfinite(heights), heights, np.nan),
            showscale=False,
            opacity=0.9,
            colorscale=[[0, palette.zero], [1, palette.colour("positive")]],
            contours={"z": {"show": True, "usecolormap": False, "color": palette.colour("muted"), "width": 1}},
            hovertemplate="%{x:.3g}, %{y:.3g}: %{z:.3g}<extra>loss</extra>",
        )
    )
    inside = (way[:, 0] >= u[0]) & (way[:, 0] <= u[-1]) & (way[:, 1] >= v[0]) & (way[:, 1] <= v[-1])
    for title, values, dash in (("on the plane", below, "solid"), ("the network's own loss", losses, "dash")):
        chart.add_trace(
            go.Scatter3d(
                name=title,
                x=np.where(inside, way[:, 0], np.nan),
                y=np.where(inside, way[:, 1], np.nan),
                z=values,
                mode="lines",
                line={"color": palette.colour("negative"), "width": 6 if dash == "solid" else 3, "dash": dash},
                hovertemplate=f"%{{z:.3g}}<extra>{title}</extra>",
            )
        )
    return chart


def _wide(heights: np.ndarray) -> bool:
    known = heights[np.isfinite(heights)]
    return bool(known.size and known.min() > 0 and known.max() > RATIO * known.min())
