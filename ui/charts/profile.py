"""A profile: one number a layer, a line a network, on a logarithmic scale."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import plotly.graph_objects as go

from ui.charts.blank import axis, blank, name_heights
from ui.charts.curve import BESIDE, FEW
from ui.charts.palette import LIGHT, Palette


def figure(view: Mapping[str, Any], palette: Palette = LIGHT) -> go.Figure:
    """The figure of a `profile` view, from the first hidden layer to the last.

    `view["options"]`: `lines` (title, colour role, how many `layers`, and which `line` of the frame's arrays feeds it),
    `quantity` (what is measured). A value of 0 has no place on the scale and leaves a gap.
    """
    options = view.get("options", {})
    lines = list(options.get("lines", ()))
    chart = blank(
        xaxis=axis("hidden layer", dtick=1, rangemode="normal"),
        yaxis=axis(type="log", exponentformat="power"),
        hovermode="closest",
        showlegend=len(lines) > 1,
    )
    if len(lines) > FEW:
        chart.update_layout(legend=BESIDE)
    for line in lines:
        colour = palette.colour(line["role"])
        chart.add_trace(
            go.Scatter(
                name=line["title"],
                x=list(range(1, line["layers"] + 1)),
                mode="lines+markers",
                line={"color": colour, "width": 2},
                marker={"color": colour, "size": 6},
                meta={"feeds": {"y": f"array:{view['name']}/{line['line']}"}, "colour": line["role"]},
                hovertemplate=f"layer %{{x}}: %{{y:.3g}}<extra>{line['title']}</extra>",
            )
        )
    return name_heights(chart, str(options.get("quantity", "")))
