"""Bars: the present value of one metric a series, side by side, and what they are on average."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import plotly.graph_objects as go

from ui.charts.blank import LEFT, axis, blank, name_heights, with_unit
from ui.charts.palette import LIGHT, Palette

_LEAST = 34  # px that a bar needs for its number


def figure(view: Mapping[str, Any], palette: Palette = LIGHT) -> go.Figure:
    """The figure of a `bars` view: one bar a series, named by its title, as high as its metric is now.

    `view["options"]`: `log` (logarithmic heights), `unit`, `values` (write its number on each bar), `mean` and `spread`
    (the metrics mean and standard deviation of the bars: a point behind them with a line up and down).
    """
    series, options = view.get("series", ()), view.get("options", {})
    titles, roles = [row["title"] for row in series], [row["role"] for row in series]
    y = axis(nticks=6, exponentformat="power")
    if options.get("log"):
        y |= {"type": "log"}
    chart = blank(xaxis=axis(type="category"), yaxis=y, showlegend=False)
    name_heights(chart, with_unit(str(view["title"]), str(options.get("unit", ""))))
    bars = go.Bar(
        x=titles,
        marker={"color": [palette.colour(role) for role in roles]},
        meta={"feeds": {"y": f"metrics:[{','.join(row['metric'] for row in series)}]"}, "colours": roles},
        hovertemplate="%{x}: %{y:.4g}<extra></extra>",
    )
    if options.get("values"):
        bars.update(texttemplate="%{y:.3f}", textposition="inside", insidetextanchor="end", textangle=0)
        chart.update_layout(meta={"least": LEFT + 12 + _LEAST * len(titles)})
    chart.add_trace(bars)
    return _with_mean(chart, options, palette) if options.get("mean") else chart


def _with_mean(chart: go.Figure, options: Mapping[str, Any], palette: Palette) -> go.Figure:
    mean, spread = options["mean"], options.get("spread")
    chart.add_trace(
        go.Scatter(
            x=["Mean ± s"],
            mode="markers",
            marker={"color": palette.colour("muted"), "size": 11, "symbol": "diamond"},
            error_y={"type": "data", "symmetric": True, "thickness": 2, "width": 8},
            meta={"feeds": {"y": f"metric:{mean}", "error_y.array": f"metric:{spread}"}, "colour": "muted"},
            hovertemplate="mean %{y:.4g}<extra></extra>",
        )
    )
    text = f"mean {{{mean}}} ± {{{spread}}}"
    chart.add_annotation(
        text=text, x=1, xref="paper", xanchor="right", y=1, yref="paper", yanchor="bottom", yshift=2, showarrow=False
    )
    return chart.update_layout(
        meta={**(chart.layout.meta or {}), "texts": {f"annotations.{len(chart.layout.annotations) - 1}.text": text}}
    )
