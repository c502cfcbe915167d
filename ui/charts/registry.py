"""Which view kinds are Plotly figures, and the figures of a lab's description."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import plotly.graph_objects as go

from ui.charts import array_lines, bars, bends, curve, histogram, landscape, profile, ranking, report, surface


@dataclass(frozen=True, slots=True, kw_only=True)
class Kind:
    """A registry row: a view kind and what builds its figure from a view as plain values."""

    name: str
    figure: Callable[[Mapping[str, Any]], go.Figure]


KINDS = (
    Kind(name="curve", figure=curve.figure),
    Kind(name="lines", figure=array_lines.figure),
    Kind(name="bars", figure=bars.figure),
    Kind(name="histogram", figure=histogram.figure),
    Kind(name="bends", figure=bends.figure),
    Kind(name="surface", figure=surface.figure),
    Kind(name="landscape", figure=landscape.figure),
    Kind(name="ranking", figure=ranking.figure),
    Kind(name="profile", figure=profile.figure),
    Kind(name="report", figure=report.figure),
)


def figures(description: Mapping[str, Any]) -> dict[str, dict[str, Any]]:
    """View name → Plotly figure as plain JSON values, for every view of a description that Plotly draws.

    `description` is a run's, as plain values (`views`: name, kind, title, series, options). Figures carry no data;
    their traces name what feeds them (docs/architecture.md, "Figures").
    """
    builders = {row.name: row.figure for row in KINDS}
    return {
        view["name"]: plain(builders[view["kind"]](view)) for view in description["views"] if view["kind"] in builders
    }


def plain(figure: go.Figure) -> dict[str, Any]:
    """A figure as lists, texts and numbers: nothing of NumPy, no tuples."""
    values: dict[str, Any] = json.loads(json.dumps(figure.to_plotly_json(), allow_nan=False))
    return values
