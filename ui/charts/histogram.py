"""Histograms: how a quantity is spread, one small chart a layer."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import plotly.graph_objects as go

from ui.charts.blank import axis, blank
from ui.charts.palette import LIGHT, Palette

_GAP = 0.05  # share of the width between two charts


def figure(view: Mapping[str, Any], palette: Palette = LIGHT) -> go.Figure:
    """The figure of a `histogram` view: a small chart a layer, in a row, each with its own axes.

    `view["options"]`: `layers` (the titles), `quantity` (what is counted), and where they exist `shares`: the names
    of the metrics "share of saturated units" and "share of dead units", one list each, one metric a layer.
    """
    options = view.get("options", {})
    layers = list(options.get("layers", ()))
    quantity = str(options.get("quantity", "value"))
    chart = blank(showlegend=False, bargap=0, margin={"l": 52, "r": 12, "t": 40, "b": 40})
    if not layers:
        return chart.update_layout(xaxis=axis(quantity), yaxis=axis("count"))
    texts: dict[str, str] = {}
    shares = list(zip(*options.get("shares", ()), strict=True))
    for number, (title, (left, right)) in enumerate(zip(layers, _places(len(layers)), strict=True)):
        suffix = "" if number == 0 else str(number + 1)
        chart.update_layout(
            {
                f"xaxis{suffix}": axis(quantity, domain=[left, right], anchor=f"y{suffix}", nticks=4),
                f"yaxis{suffix}": axis(
                    "count" if number == 0 else "", anchor=f"x{suffix}", nticks=4, rangemode="tozero"
                ),
            }
        )
        chart.add_annotation(
            text=str(title), x=(left + right) / 2, y=1, xref="paper", yref="paper", yanchor="bottom", showarrow=False
        )
        if shares:
            saturated, dead = shares[number]
            texts[f"annotations.{number}.text"] = (
                f"{title}<br>{{{saturated}|percent}} saturated · {{{dead}|percent}} dead"
            )
        chart.add_trace(_bars(str(view["name"]), number, str(title), suffix, palette))
    return chart.update_layout(meta={"texts": texts}) if texts else chart


def _bars(view: str, number: int, title: str, suffix: str, palette: Palette) -> go.Bar:
    edges = f"{view}/edges/{number}"
    return go.Bar(
        name=title,
        xaxis=f"x{suffix}",
        yaxis=f"y{suffix}",
        marker={"color": palette.colour(f"layer:{number}"), "line": {"width": 0}},
        meta={
            "feeds": {"x": f"centres:{edges}", "width": f"widths:{edges}", "y": f"array:{view}/counts/{number}"},
            "colour": f"layer:{number}",
        },
        hovertemplate="%{x:.3g}: %{y:,.0f}<extra></extra>",
    )


def _places(count: int) -> list[tuple[float, float]]:
    width = (1 - _GAP * (count - 1)) / count
    return [(k * (width + _GAP), k * (width + _GAP) + width) for k in range(count)]
