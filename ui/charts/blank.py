"""The common ground of every figure: no data yet, transparent, axes with titles."""

from __future__ import annotations

from typing import Any

import plotly.graph_objects as go

LEFT = 56  # px for the numbers of a y axis, up to "−2.5×10⁻⁶"


def blank(**layout: Any) -> go.Figure:
    """A figure without data whose layout is the common one with `layout` on top.

    Plotly's default template is left out: it is 7 kB of colours that the browser replaces by those of the theme.
    """
    figure = go.Figure(
        layout={
            "template": "none",
            "paper_bgcolor": "rgba(0,0,0,0)",
            "plot_bgcolor": "rgba(0,0,0,0)",
            "margin": {"l": LEFT, "r": 12, "t": 20, "b": 34},
            "legend": {"orientation": "h", "x": 1, "xanchor": "right", "y": 1, "yanchor": "bottom"},
        }
    )
    return figure.update_layout(**layout)


def axis(title: str = "", **more: Any) -> dict[str, Any]:
    """An axis with a title, as plain values.

    Margins stay as they are: an automatic one moves the whole chart whenever a tick label grows by a digit.
    """
    return {"title": {"text": title, "standoff": 4}, "zeroline": False, "automargin": False, **more}


def name_heights(figure: go.Figure, title: str) -> go.Figure:
    """Write the title of the y axis over its upper end, where it covers no number and a long one finds room."""
    return figure.add_annotation(
        text=title, showarrow=False,
        xref="paper", x=0, xanchor="left", xshift=14 - LEFT,
        yref="paper", y=1, yanchor="bottom", yshift=2,
    )  # fmt: skip


def with_unit(title: str, unit: str) -> str:
    """An axis title: the quantity and, where there is one, its unit in brackets."""
    return f"{title} ({unit})" if unit else title
