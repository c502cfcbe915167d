"""Lines that frames bring whole: as many as there are, each with its places and its values."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import plotly.graph_objects as go

from ui.charts.blank import axis, blank, name_heights
from ui.charts.palette import LIGHT, Palette


def figure(view: Mapping[str, Any], palette: Palette = LIGHT) -> go.Figure:
    """The figure of a `lines` view.

    `view["options"]`: `x` and `y` (titles), `lines` (title, colour role and whether it is `dashed`), `log` (the y axis
    starts logarithmic), `legend` (false: the lines are named elsewhere on the screen).
    """
    options, name = view.get("options", {}), str(view["name"])
    y = axis(nticks=6, exponentformat="power") | ({"type": "log"} if options.get("log") else {})
    chart = blank(
        xaxis=axis(str(options.get("x", "")), rangemode="tozero"),
        yaxis=y,
        hovermode="closest",
        showlegend=bool(options.get("legend", True)),
        legend={"orientation": "v", "x": 1.01, "xanchor": "left", "y": 1, "yanchor": "top", "font": {"size": 10}},
    )
    chart.add_traces(
        [
            go.Scatter(
                name=line["title"],
                mode="lines",
                line={
                    "color": palette.colour(line["role"]),
                    "dash": "dash" if line.get("dashed") else "solid",
                    "width": 2,
                },
                meta={
                    "feeds": {"x": f"array:{name}/x/{number}", "y": f"array:{name}/y/{number}"},
                    "colour": line["role"],
                },
                hovertemplate=f"{options.get('x', 'x')} %{{x}}: %{{y:.3g}}<extra>{line['title']}</extra>",
            )
            for number, line in enumerate(options.get("lines", ()))
        ]
    )
    return name_heights(chart, str(options.get("y", "")))
