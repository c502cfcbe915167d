"""Columns of a table before a step and after it: small histograms one above the other."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import plotly.graph_objects as go

from ui.charts.blank import axis, blank
from ui.charts.palette import LIGHT, Palette

BINS = 24
_HEIGHT, _TOP, _GAP = 104, 34, 52  # px of a histogram, above the first row, between two rows


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class Shown:
    """One column at one moment: its title, and values (n,) with NaN for gaps, or the counts of categories by name."""

    title: str
    values: np.ndarray | None = None
    counts: tuple[tuple[str, int], ...] = ()


def before_after(before: Sequence[Shown], after: Sequence[Shown], palette: Palette = LIGHT) -> go.Figure:
    """The columns `before` in a row of histograms, those `after` below; numbers in `BINS` bins, categories as bars.

    Gaps are a bar of their own at the left, in another colour. Both rows may have different lengths, but at least one.

    Raises: ValueError: there is no column.
    """
    if not before or not after:
        raise ValueError("before_after: expected at least one column before and one after; received none")
    height = _TOP + 2 * _HEIGHT + _GAP + 40
    chart = blank(height=height, showlegend=False, bargap=0.05, margin={"l": 36, "r": 8, "t": _TOP, "b": 40})
    inner = height - _TOP - 40
    rows = ((before, 1 - _HEIGHT / inner, 1.0, "test"), (after, 0.0, _HEIGHT / inner, "train"))
    number = 0
    for columns, low, high, role in rows:
        for place, column in enumerate(columns):
            number += 1
            name = "" if number == 1 else str(number)
            width = 1 / len(columns)
            left, right = place * width, (place + 1) * width - 0.035
            chart.update_layout(
                {
                    f"xaxis{name}": axis(domain=[left, right], anchor=f"y{name}", nticks=4, tickfont={"size": 10}),
                    f"yaxis{name}": axis(domain=[low, high], anchor=f"x{name}", nticks=3, tickfont={"size": 10}),
                }
            )
            chart.add_annotation(
                text=_plain(column.title, max(8, 48 // len(columns))), showarrow=False, font={"size": 12},
                xref="paper", x=left, xanchor="left", yref="paper", y=high, yanchor="bottom",
            )  # fmt: skip
            for trace in _bars(column, palette.colour(role), palette.colour("negative")):
                chart.add_trace(trace.update(xaxis=f"x{name}", yaxis=f"y{name}"))
    return chart


def _bars(column: Shown, colour: str, gap_colour: str) -> list[go.Bar]:
    if column.values is None:
        names = [name for name, _ in column.counts]
        heights = [count for _, count in column.counts]
        return [go.Bar(x=names, y=heights, marker={"color": colour}, hovertemplate="%{x}: %{y}<extra></extra>")]
    known = column.values[~np.isnan(column.values)]
    bars = []
    edges = np.array([0.0, 1.0])
    if len(known):
        # of equal values numpy makes bins of width 1/24 around them, which is what one wants to see
        counts, edges = np.histogram(known, bins=BINS)
        bars.append(
            go.Bar(
                x=((edges[:-1] + edges[1:]) / 2).tolist(),
                y=counts.tolist(),
                width=np.diff(edges).tolist(),
                marker={"color": colour},
                hovertemplate="%{x:.3g}: %{y} rows<extra></extra>",
            )
        )
    if gaps := len(column.values) - len(known):
        wide = float(edges[-1] - edges[0]) / BINS
        at = float(edges[0]) - 3 * wide
        bars.append(
            go.Bar(
                x=[at],
                y=[gaps],
                width=[2 * wide],
                marker={"color": gap_colour},
                hovertemplate="%{y} missing<extra></extra>",
            )
        )
    return bars


def _plain(title: str, most: int) -> str:
    """What a stranger wrote, without the tags that a chart would obey, and short."""
    short = title if len(title) <= most else title[: most - 1] + "…"
    return short.replace("&", "&amp;").replace("<", "&lt;")
