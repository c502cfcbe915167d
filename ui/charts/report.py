"""Measures side by side: a group of bars for each class or variant, one bar a measure, with its number on it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import plotly.graph_objects as go

from ui.charts.blank import LEFT, axis, blank, name_heights
from ui.charts.palette import LIGHT, Palette

_LEAST = 26  # px that one bar needs for its number


def figure(view: Mapping[str, Any], palette: Palette = LIGHT) -> go.Figure:
    """The figure of a `report` view.

    `view["options"]`: `rows` (titles of the groups), `measures` (name, title and colour role of each, all from 0 to 1);
    the array `<view>/<measure>` holds a value a row.
    """
    options, name = view.get("options", {}), str(view["name"])
    rows, measures = [str(row) for row in options.get("rows", ())], list(options.get("measures", ()))
    chart = blank(
        xaxis=axis(type="category", tickangle=0),
        yaxis=axis(range=(0, 1.12), tickvals=[0, 0.25, 0.5, 0.75, 1]),
        barmode="group",
        bargap=0.25,
        bargroupgap=0.06,
        showlegend=len(measures) > 1,
    )
    for measure in measures:
        feed = f"array:{name}/{measure['name']}"
        chart.add_trace(
            go.Bar(
                name=measure["title"],
                x=rows,
                marker={"color": palette.colour(measure["role"])},
                meta={"feeds": {"y": feed}, "colour": measure["role"]},
                texttemplate="%{y:.2f}",
                textposition="outside",
                textfont={"size": 11},
                cliponaxis=False,
                hovertemplate=f"{measure['title']} %{{y:.3f}}<extra>%{{x}}</extra>",
            )
        )
    name_heights(chart, "share")
    return chart.update_layout(meta={"least": LEFT + 12 + _LEAST * len(rows) * max(len(measures), 1)})
