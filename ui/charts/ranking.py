"""ROC and precision-recall curves: a line a network over the unit square, the border in use, what guessing gives."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import plotly.graph_objects as go

from ui.charts.blank import axis, blank, name_heights
from ui.charts.palette import LIGHT, Palette

_RANGE = (-0.01, 1.03)  # a line along an edge is seen


def figure(view: Mapping[str, Any], palette: Palette = LIGHT) -> go.Figure:
    """The figure of a `ranking` view.

    `view["options"]`: `x` and `y` (titles), `lines` (title, colour role and the metric `area` of each), `guessing` (two
    points), `area` (what the area under a line is called), `shape` (how points are joined, as Plotly calls it), `free`
    (the lower corner, left or right, in which lines are rarely seen: there the legend stands).
    """
    options, name = view.get("options", {}), str(view["name"])
    lines = list(options.get("lines", ()))
    chart = blank(
        xaxis=axis(str(options.get("x", "")), range=_RANGE, nticks=6),
        yaxis=axis(range=_RANGE, nticks=6),
        showlegend=True,
        hovermode="closest",
        legend=_corner(str(options.get("free", "right"))),
        meta={"legend": "inside"},
    )
    if guessing := options.get("guessing"):
        x, y = zip(*guessing, strict=True)
        chart.add_trace(
            go.Scatter(
                x=x, y=y, mode="lines", hoverinfo="skip", showlegend=False,
                line={"color": palette.colour("muted"), "width": 1, "dash": "dot"}, meta={"colour": "muted"},
            )
        )  # fmt: skip
    for number, line in enumerate(lines):
        chart.add_traces(_line(name, number, line, str(options.get("shape", "linear")), options, palette))
    return name_heights(chart, str(options.get("y", "")))


def _corner(side: str) -> dict[str, Any]:
    place = {"x": 0.01, "xanchor": "left"} if side == "left" else {"x": 1, "xanchor": "right"}
    return {"orientation": "v", "y": 0.04, "yanchor": "bottom", "font": {"size": 11}, **place}


def _line(
    view: str, number: int, line: Mapping[str, Any], shape: str, options: Mapping[str, Any], palette: Palette
) -> list[go.Scatter]:
    colour, title = palette.colour(line["role"]), line["title"]
    place = f"{options.get('x')} %{{x:.3f}}<br>{options.get('y')} %{{y:.3f}}<extra>{title}</extra>"
    return [
        go.Scatter(
            name=title,
            mode="lines",
            line={"color": colour, "width": 2, "shape": shape},
            meta={
                "feeds": {"x": f"array:{view}/x/{number}", "y": f"array:{view}/y/{number}"},
                "colour": line["role"],
                "name": f"{title}{', ' if title else ''}{options.get('area')} {{{line['area']}}}",
            },
            hovertemplate=place,
        ),
        go.Scatter(
            name=f"{title} border",
            mode="markers",
            showlegend=False,
            marker={"color": colour, "size": 9, "line": {"color": "#ffffff", "width": 1.5}},
            meta={
                "feeds": {"x": f"array:{view}/at_x/{number}", "y": f"array:{view}/at_y/{number}"},
                "colour": line["role"],
            },
            hovertemplate=f"the border in use<br>{place}",
        ),
    ]
