"""How values are spread: histograms of one feature after the other, a colour a class."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import plotly.graph_objects as go

from ui.charts.blank import axis, blank
from ui.charts.palette import LIGHT, Palette

COLUMNS = 3  # small charts side by side, at most
HEIGHT = 130  # px of a small chart
_GAP = 56  # px between two rows: numbers and the next title
_TOP, _BOTTOM = 52, 24  # px: the legend and a title, numbers


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class Spread:
    """One feature: `edges` (bins + 1,), `counts` (classes, bins)."""

    title: str
    edges: np.ndarray
    counts: np.ndarray


def figure(
    spreads: Sequence[Spread], classes: Sequence[str] = (), *, columns: int = COLUMNS, palette: Palette = LIGHT
) -> go.Figure:
    """A small chart for each feature; bars of classes stand on each other, so that their sum is the whole set.

    `classes`: the names of the rows of `counts`; none where all samples are counted together.
    """
    rows = max(1, math.ceil(len(spreads) / columns))
    columns = max(1, math.ceil(len(spreads) / rows))  # 4 charts as 2 and 2, not as 3 and 1
    height = rows * HEIGHT + (rows - 1) * _GAP
    layout: dict[str, Any] = {}
    notes, bars = [], []
    for number, spread in enumerate(spreads):
        row, column = divmod(number, columns)
        suffix = "" if number == 0 else str(number + 1)
        left, width = column / columns, 1 / columns - (0.06 if columns > 1 else 0)
        top = 1 - row * (HEIGHT + _GAP) / height
        domain = [max(0.0, top - HEIGHT / height), top]
        layout[f"xaxis{suffix}"] = axis(domain=[left, left + width], anchor=f"y{suffix}", nticks=4, tickangle=0)
        layout[f"yaxis{suffix}"] = axis(domain=domain, anchor=f"x{suffix}", nticks=4)
        place = {"x": 0, "y": 1, "xref": f"x{suffix} domain", "yref": f"y{suffix} domain"}
        look = {"showarrow": False, "font": {"size": 12}, "xanchor": "left", "yanchor": "bottom"}
        notes.append({"text": spread.title, **place, **look})
        bars += _bars(spread, suffix, classes, palette, legend=number == 0)
    chart = blank(
        barmode="stack",
        bargap=0,
        height=height + _TOP + _BOTTOM,
        margin={"l": 44, "r": 8, "t": _TOP, "b": _BOTTOM},
        legend={"orientation": "h", "x": 0, "y": 1, "yref": "container", "yanchor": "top", "traceorder": "normal"},
        showlegend=bool(classes),
        annotations=notes,
        **layout,
    )
    return chart.add_traces(bars)


def _bars(spread: Spread, suffix: str, classes: Sequence[str], palette: Palette, *, legend: bool) -> list[go.Bar]:
    centres = (spread.edges[:-1] + spread.edges[1:]) / 2
    return [
        go.Bar(
            x=centres,
            y=counts,
            width=np.diff(spread.edges),
            name=classes[number] if classes else "samples",
            legendgroup=str(number),
            showlegend=legend and bool(classes),
            marker={"color": palette.colour(f"class:{number}") if classes else palette.muted, "line": {"width": 0}},
            xaxis=f"x{suffix}",
            yaxis=f"y{suffix}",
            hovertemplate="%{x:.4g}: %{y}",
        )
        for number, counts in enumerate(spread.counts)
    ]
