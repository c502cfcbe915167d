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


def test_numbers_stand_on_the_bars_and_the_mean_behind_them() -> None:
    series = [{"metric": f"{k}/test_accuracy", "title": f"Fold {k}", "role": f"variant:{k}"} for k in range(3)]
    options = {"values": True, "mean": "mean/test_accuracy", "spread": "spread/test_accuracy"}
    chart = figure({"name": "scores", "kind": "bars", "title": "Test accuracy", "series": series, "options": options})
    bars, mean = chart.data
    assert bars.texttemplate == "%{y:.3f}"
    assert mean.meta["feeds"] == {"y": "metric:mean/test_accuracy", "error_y.array": "metric:spread/test_accuracy"}
    (place, text), *_ = chart.layout.meta["texts"].items()
    assert text == "mean {mean/test_accuracy} ± {spread/test_accuracy}"
    assert chart.layout.annotations[int(place.split(".")[1])].xanchor == "right"
