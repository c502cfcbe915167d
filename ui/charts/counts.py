"""How many of each there are: a bar a class, or a column of a table."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import plotly.graph_objects as go

from ui.charts.blank import axis, blank
from ui.charts.palette import LIGHT, Palette

_BAR = 26  # px


def figure(
    names: Sequence[str],
    counts: np.ndarray,
    *,
    quantity: str,
    whole: int,
    coloured: bool = False,
    palette: Palette = LIGHT,
) -> go.Figure:
    """A bar for each of `counts` (n,) from top to bottom, with the number and its share of `whole`.

    `coloured`: in the colours of classes.
    """
    colours = [palette.colour(f"class:{number}") for number in range(len(names))] if coloured else palette.muted
    bars = go.Bar(
        x=counts,
        y=list(names),
        orientation="h",
        text=[f"{count:,} ({count / whole:.1%})" if whole else f"{count:,}" for count in counts],
        textposition="auto",
        cliponaxis=False,
        marker={"color": colours},
        hovertemplate="%{y}: %{x}<extra></extra>",
    )
    chart = blank(
        showlegend=False,
        height=70 + _BAR * max(1, len(names)),
        bargap=0.25,
        margin={"l": 8, "r": 24, "t": 8, "b": 40},
        xaxis=axis(quantity, rangemode="tozero", nticks=5),
        yaxis=axis(automargin=True, autorange="reversed", type="category"),
    )
    return chart.add_trace(bars)
