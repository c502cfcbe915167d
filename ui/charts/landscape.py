"""A loss surface in 3-D, and the ways of those who go down it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import plotly.graph_objects as go

from ui.charts.blank import blank
from ui.charts.palette import LIGHT, Palette

_CAMERA = {"eye": {"x": -1.25, "y": -1.35, "z": 1.05}, "center": {"x": 0, "y": 0, "z": -0.18}}


def figure(view: Mapping[str, Any], palette: Palette = LIGHT) -> go.Figure:
    """Of a `landscape` view: the constant `heights` (G, G), and a line for each way `x/<k>`, `y/<k>`, `z/<k>`.

    `view["options"]`: `axes`, `range`, `grid` (places along each axis), `height` (the title of the third axis), `lines`
    (title and colour role of each way).
    """
    options, name = view.get("options", {}), str(view["name"])
    titles = options.get("axes", ("w₁", "w₂"))
    ranges = options.get("range", ((-1, 1), (-1, 1)))
    places = [_places(ends, int(options.get("grid", 2))) for ends in ranges]
    height = str(options.get("height", "loss"))
    chart = blank(
        margin={"l": 0, "r": 0, "t": 0, "b": 0},
        showlegend=False,
        scene={
            "xaxis": {"title": {"text": titles[0]}, "range": list(ranges[0]), "nticks": 5},
            "yaxis": {"title": {"text": titles[1]}, "range": list(ranges[1]), "nticks": 5},
            "zaxis": {"title": {"text": height}, "nticks": 4},
            "aspectmode": "manual",
            "aspectratio": {"x": 1, "y": 1, "z": 0.55},
            "camera": _CAMERA,
        },
    )
    chart.add_trace(
        go.Surface(
            x=places[0],
            y=places[1],
            showscale=False,
            opacity=0.9,
            colorscale=[[0, palette.zero], [1, palette.colour("positive")]],
            contours={"z": {"show": True, "usecolormap": False, "color": palette.colour("muted"), "width": 1}},
            meta={"feeds": {"z": f"array:{name}/heights"}, "colour": "positive"},
            hovertemplate=f"%{{x:.3g}}, %{{y:.3g}}: %{{z:.3g}}<extra>{height}</extra>",
        )
    )
    return chart.add_traces(
        [
            go.Scatter3d(
                name=line["title"],
                mode="lines",
                line={"color": palette.colour(line["role"]), "width": 5},
                meta={
                    "feeds": {axis: f"array:{name}/{axis}/{number}" for axis in "xyz"},
                    "colour": line["role"],
                },
                hovertemplate=f"%{{x:.3g}}, %{{y:.3g}}<extra>{line['title']}</extra>",
            )
            for number, line in enumerate(options.get("lines", ()))
        ]
    )


def _places(ends: tuple[float, float], count: int) -> list[float]:
    low, high = ends
    return [round(low + (high - low) * k / (count - 1), 6) for k in range(count)]
