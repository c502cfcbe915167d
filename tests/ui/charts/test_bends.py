"""Pre-activations under their functions: what feeds which trace, and on which scale."""

from __future__ import annotations

from typing import Any

from ui.charts.bends import figure

VIEW: dict[str, Any] = {
    "name": "preactivations",
    "title": "Pre-activations",
    "options": {
        "layers": ["Hidden 1", "Hidden 2"],
        "quantity": "z",
        "range": [-8, 8],
        "shares": [["saturated/hidden1", "saturated/hidden2"], ["dead/hidden1", "dead/hidden2"]],
    },
}


def test_every_layer_has_bars_a_function_and_its_slope() -> None:
    chart = figure(VIEW)
    fed = [(trace.type, trace.xaxis, trace.yaxis, trace.meta["feeds"]["y"]) for trace in chart.data]
    assert fed == [
        ("bar", "x", "y", "array:preactivations/counts/0"),
        ("bar", "x2", "y2", "array:preactivations/counts/1"),
        ("scatter", "x", "y3", "array:preactivations/f/0"),
        ("scatter", "x", "y3", "array:preactivations/slope/0"),
        ("scatter", "x2", "y4", "array:preactivations/f/1"),
        ("scatter", "x2", "y4", "array:preactivations/slope/1"),
    ]
    assert (chart.layout.yaxis3.overlaying, chart.layout.yaxis4.overlaying) == ("y", "y2")
    assert chart.layout.xaxis.range == chart.layout.xaxis2.range == (-8, 8)  # nothing jumps while bars come and go


def test_the_legend_names_function_and_slope_once() -> None:
    assert [trace.name for trace in figure(VIEW).data if trace.showlegend] == ["f(z)", "f′(z)"]


def test_without_layers_there_are_empty_axes() -> None:
    assert len(figure({"name": "preactivations", "title": "", "options": {}}).data) == 0
