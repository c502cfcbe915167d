from ui.charts.report import figure

VIEW = {
    "name": "report",
    "kind": "report",
    "title": "Precision and recall",
    "options": {
        "rows": ["honest", "fraud", "Mean"],
        "measures": [
            {"name": "precision", "title": "Precision", "role": "class:1"},
            {"name": "recall", "title": "Recall", "role": "class:0"},
        ],
    },
}


def test_a_group_a_row_and_a_bar_a_measure() -> None:
    chart = figure(VIEW)
    assert [list(bars.x) for bars in chart.data] == [["honest", "fraud", "Mean"]] * 2
    assert [bars.meta["feeds"] for bars in chart.data] == [
        {"y": "array:report/precision"},
        {"y": "array:report/recall"},
    ]
    assert [bars.name for bars in chart.data] == ["Precision", "Recall"]
    assert chart.layout.barmode == "group" and chart.layout.yaxis.range[1] > 1  # a number over a full bar is seen


def test_more_bars_need_more_room() -> None:
    one = {**VIEW, "options": {**VIEW["options"], "rows": ["a"]}}  # type: ignore[dict-item]
    assert figure(one).layout.meta["least"] < figure(VIEW).layout.meta["least"]


def test_without_rows_there_are_axes() -> None:
    assert figure({"name": "report", "title": "Measures"}).data == ()
