from ui.charts.bars import figure

VIEW = {
    "name": "norms",
    "kind": "bars",
    "title": "Gradient norm",
    "series": [
        {"metric": "g/1", "title": "Hidden 1", "role": "layer:0"},
        {"metric": "g/2", "title": "Output", "role": "layer:1"},
    ],
    "options": {"unit": "a.u.", "log": True},
}


def test_one_bar_a_series_fed_by_present_metrics() -> None:
    (bars,) = figure(VIEW).data
    assert list(bars.x) == ["Hidden 1", "Output"]
    assert bars.meta == {"feeds": {"y": "metrics:[g/1,g/2]"}, "colours": ["layer:0", "layer:1"]}
    assert len(set(bars.marker.color)) == 2
    assert figure(VIEW).layout.annotations[0].text == "Gradient norm (a.u.)"
    assert figure(VIEW).layout.yaxis.type == "log"


def test_no_series_gives_empty_axes() -> None:
    chart = figure({"name": "norms", "kind": "bars", "title": "Gradient norm"})
    assert list(chart.data[0].x) == []
    assert chart.layout.annotations[0].text == "Gradient norm"
