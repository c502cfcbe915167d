"""Bars: the present value of one metric a series, side by side."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import plotly.graph_objects as go

from ui.charts.blank import axis, blank, name_heights, with_unit
from ui.charts.palette import LIGHT, Palette


def figure(view: Mapping[str, Any], palette: Palette = LIGHT) -> go.Figure:
    """The figure of a `bars` view: one bar a series, named by its title, as high as its metric is now.

    `view["options"]`: `log` (logarithmic heights), `unit`.
    """
    series, options = view.get("series", ()), view.get("options", {})
    roles = [row["role"] for row in series]
    y = axis(nticks=6, exponentformat="power")
    if options.get("log"):
        y |= {"type": "log"}
    chart = blank(xaxis=axis(type="category"), yaxis=y, showlegend=False)
    name_heights(chart, with_unit(str(view["title"]), str(options.get("unit", ""))))
    return chart.add_trace(
        go.Bar(
            x=[row["title"] for row in series],
            marker={"color": [palette.colour(role) for role in roles]},
            meta={"feeds": {"y": f"metrics:[{','.join(row['metric'] for row in series)}]"}, "colours": roles},
            hovertemplate="%{x}: %{y:.4g}<extra></extra>",
        )
    )
