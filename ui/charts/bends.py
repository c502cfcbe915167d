"""What enters each layer's activation function, as a histogram, with the function and its slope drawn over it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import plotly.graph_objects as go

from ui.charts import histogram
from ui.charts.palette import LIGHT, Palette

LINES = (("f", "f(z)", "variant:0", "solid"), ("slope", "f′(z)", "variant:1", "dot"))  # array, name, colour, dash


def figure(view: Mapping[str, Any], palette: Palette = LIGHT) -> go.Figure:
    """The figure of a `bends` view: a histogram a layer (`ui.charts.histogram`), and its function over it.

    The arrays `z` (points of all curves), `f/<k>` and `slope/<k>` of the view feed the curves of layer k; they have a
    scale of their own, on the right of each chart.
    """
    chart = histogram.figure(view, palette)
    options = view.get("options", {})
    count = len(options.get("layers", ()))
    for number in range(count):
        suffix = "" if number == 0 else str(number + 1)
        own = f"y{count + number + 1}"
        across = f"x{suffix}"
        chart.update_layout(
            {
                f"yaxis{count + number + 1}": {
                    "overlaying": f"y{suffix}",
                    "anchor": across,
                    "side": "right",
                    "range": [-1.2, 2.2],
                    "tickvals": [-1, 0, 1, 2],
                    "showgrid": False,
                    "zeroline": False,
                    "automargin": False,
                    "title": {"text": ""},
                },
                f"xaxis{suffix}": {"range": list(options["range"]), "autorange": False},
            }
        )
        for array, name, role, dash in LINES:
            chart.add_trace(
                go.Scatter(
                    name=name,
                    mode="lines",
                    xaxis=across,
                    yaxis=own,
                    showlegend=number == 0,
                    line={"color": palette.colour(role), "width": 2.5, "dash": dash},
                    meta={
                        "feeds": {"x": f"array:{view['name']}/z", "y": f"array:{view['name']}/{array}/{number}"},
                        "colour": role,
                    },
                    hovertemplate=f"z %{{x:.2f}}: {name} %{{y:.3f}}<extra></extra>",
                )
            )
    return chart.update_traces(selector={"type": "bar"}, showlegend=False).update_layout(
        showlegend=count > 0, margin_r=26
    )
