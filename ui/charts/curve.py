"""Curves over the epochs: one line a series, training solid, test dashed, one colour a layer."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import plotly.graph_objects as go

from ui.charts.blank import axis, blank, name_heights, with_unit
from ui.charts.palette import LIGHT, Palette

FEW = 4  # lines whose legend fits into one row
# rows of a horizontal legend would take the height that a small panel has for the lines
BESIDE = {"orientation": "v", "x": 1.01, "xanchor": "left", "y": 1, "yanchor": "top", "font": {"size": 10}}


def figure(view: Mapping[str, Any], palette: Palette = LIGHT) -> go.Figure:
    """The figure of a `curve` view: every trace takes its x from the epochs and its y from the series' metric.

    A series may name another `x`, be `dashed`, and not be `named` in the legend. `view["options"]`: `log` (the y axis
    starts logarithmic), `from_zero` (it starts at 0), `unit`, `x` (what the x axis is called), `legend` ("beside" the
    lines, even of a few), `marks` (places to point at: `title`, the metrics `x` and `y`, and a `role`). The quantity is
    the title up to a colon.
    """
    series, options = view.get("series", ()), view.get("options", {})
    traces = [
        go.Scatter(
            name=row["title"],
            mode="lines",
            line={
                "color": palette.colour(row["role"]),
                "dash": "dash" if row["role"] == "test" or row.get("dashed") else "solid",
                "width": 2,
            },
            showlegend=None if row.get("named", True) else False,
            meta={"feeds": {"x": row.get("x", "epoch"), "y": row["metric"]}, "colour": row["role"]},
            hovertemplate="%{y:.4g}",
        )
        for row in series
    ]
    traces += [
        go.Scatter(
            name=row["title"],
            mode="markers",
            marker={"symbol": "star", "size": 13, "color": palette.colour(row["role"])},
            meta={"feeds": {"x": f"metrics:[{row['x']}]", "y": f"metrics:[{row['y']}]"}, "colour": row["role"]},
            hovertemplate="epoch %{x:.0f}: %{y:.4g}",
        )
        for row in options.get("marks", ())
    ]
    quantity = str(view["title"]).split(":")[0]
    y = axis(nticks=6, exponentformat="power")
    if options.get("from_zero"):
        y |= {"rangemode": "tozero"}
    if options.get("log"):
        y |= {"type": "log"}
    chart = blank(
        xaxis=axis(str(options.get("x", "epoch")), rangemode="tozero"),
        yaxis=y,
        hovermode="x unified",
        showlegend=len(traces) > 1,
    )
    if sum(trace.showlegend is not False for trace in traces) > FEW or options.get("legend") == "beside":
        chart.update_layout(legend=BESIDE, meta={"legend": "inside"})
    name_heights(chart, with_unit(quantity, str(options.get("unit", ""))))
    return chart.add_traces(traces)
