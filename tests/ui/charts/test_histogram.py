import itertools
from typing import Any

import pytest

from ui.charts.histogram import figure


def view(layers: list[str], **options: Any) -> dict[str, Any]:
    options |= {"layers": layers, "quantity": "activation"}
    return {"name": "activations", "kind": "histogram", "title": "Activations", "options": options}


def test_each_layer_has_its_own_chart_and_feeds() -> None:
    chart = figure(view(["Hidden 1", "Hidden 2", "Output"]))
    assert [trace.xaxis for trace in chart.data] == ["x", "x2", "x3"]
    assert chart.data[2].meta["feeds"] == {
        "x": "centres:activations/edges/2",
        "width": "widths:activations/edges/2",
        "y": "array:activations/counts/2",
    }
    assert chart.data[2].meta["colour"] == "layer:2"
    assert [note.text for note in chart.layout.annotations] == ["Hidden 1", "Hidden 2", "Output", "count"]
    assert chart.layout.xaxis3.title.text == "activation"


@pytest.mark.parametrize("count", [1, 2, 5, 8, 9])
def test_no_two_charts_lie_on_one_another(count: int) -> None:
    layout = figure(view([str(k) for k in range(count)])).to_plotly_json()["layout"]
    places = [layout[f"xaxis{'' if k == 0 else k + 1}"]["domain"] for k in range(count)]
    assert places[0][0] == 0
    assert places[-1][1] == pytest.approx(1)
    assert all(left[0] < left[1] < right[0] for left, right in itertools.pairwise(places))


def test_shares_of_saturated_and_dead_units_are_texts_that_the_browser_fills() -> None:
    shares = [["saturated/hidden1", "saturated/hidden2"], ["dead/hidden1", "dead/hidden2"]]
    chart = figure(view(["Hidden 1", "Hidden 2"], shares=shares))
    assert chart.layout.meta["texts"]["annotations.1.text"] == (
        "Hidden 2<br>{saturated/hidden2|percent} saturated<br>{dead/hidden2|percent} dead"
    )


def test_no_layer_gives_empty_axes_with_titles() -> None:
    chart = figure(view([]))
    assert len(chart.data) == 0
    assert (chart.layout.xaxis.title.text, chart.layout.annotations[0].text) == ("activation", "count")


@pytest.mark.parametrize(("count", "numbers"), [(5, True), (9, False)])
def test_many_charts_ask_for_room_and_have_short_numbers(count: int, numbers: bool) -> None:
    chart = figure(view([str(k) for k in range(count)]))
    left, right = chart.layout.xaxis.domain
    margins = chart.layout.margin.l + chart.layout.margin.r
    assert (right - left) * (chart.layout.meta["least"] - margins) >= 60
    assert chart.layout.yaxis.showticklabels is numbers
    assert chart.layout.xaxis.exponentformat == ("power" if numbers else "e")
