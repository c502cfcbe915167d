"""Histograms: how a quantity is spread, one small chart a layer."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import plotly.graph_objects as go

from ui.charts.blank import LEFT, axis, blank, name_heights
from ui.charts.palette import LIGHT, Palette

_WIDE = 5  # up to so many charts there is room for numbers on every y axis
_LEAST = 84  # px that one chart needs


def figure(view: Mapping[str, Any], palette: Palette = LIGHT) -> go.Figure:
    """The figure of a `histogram` view: a small chart a layer, in a row, each with its own axes.

    `view["options"]`: `layers` (the titles), `quantity` (what is counted), and where they exist `shares`: the names
    of the metrics "share of saturated units" and "share of dead units", one list each, one metric a layer.
    """
    options = view.get("options", {})
    layers = [str(title) for title in options.get("layers", ())]
    quantity = str(options.get("quantity", "value"))
    shares = list(zip(*options.get("shares", ()), strict=True))
    chart = blank(showlegend=False, bargap=0, margin={"l": LEFT, "r": 12, "t": 52 if shares else 26, "b": 40})
    if not layers:
        return name_heights(chart.update_layout(xaxis=axis(quantity), yaxis=axis()), "count")
    texts: dict[str, str] = {}
    for number, (title, domain) in enumerate(zip(layers, _places(len(layers)), strict=True)):
        suffix = "" if number == 0 else str(number + 1)
        count = axis(
            anchor=f"x{suffix}",
            nticks=4,
            rangemode="tozero",
            showticklabels=len(layers) <= _WIDE,
        )
        across = axis(quantity, domain=domain, anchor=f"y{suffix}", tickangle=0)
        # many narrow charts: few and short numbers
        few = {"nticks": 4, "exponentformat": "power"}
        across |= few if len(layers) <= _WIDE else {"nticks": 3, "exponentformat": "e", "minexponent": 2}
        chart.update_layout({f"xaxis{suffix}": across, f"yaxis{suffix}": count})
        place = {"x": 0.5, "y": 1, "xref": f"x{suffix} domain", "yref": f"y{suffix} domain"}
        chart.add_annotation(
            text=title, xanchor="center", yanchor="bottom", showarrow=False, font={"size": 11}, **place
        )
        if shares:
            saturated, dead = shares[number]
            texts[f"annotations.{number}.text"] = (
                f"{title}<br>{{{saturated}|percent}} saturated<br>{{{dead}|percent}} dead"
            )
        chart.add_trace(_bars(str(view["name"]), number, title, suffix, palette))
    name_heights(chart, "count")
    least = LEFT + 12 + _LEAST * len(layers)
    return chart.update_layout(meta={"least": least} | ({"texts": texts} if texts else {}))


def _places(count: int) -> list[list[float]]:
    """The share of the width that each of `count` charts takes."""
    gap = 0.06 if count <= _WIDE else 0.02
    width = (1 - gap * (count - 1)) / count
    return [[k * (width + gap), k * (width + gap) + width] for k in range(count)]


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
