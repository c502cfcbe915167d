from ui.charts.ranking import figure

ROC = {
    "name": "roc",
    "kind": "ranking",
    "title": "ROC curve",
    "options": {
        "x": "false positive rate",
        "y": "true positive rate",
        "guessing": [[0, 0], [1, 1]],
        "area": "AUC",
        "shape": "linear",
    },
}


def with_lines(*lines: tuple[str, str]) -> dict[str, object]:
    rows = [{"title": title, "role": role, "area": f"{k}/area/roc"} for k, (title, role) in enumerate(lines)]
    return {**ROC, "options": {**ROC["options"], "lines": rows}}  # type: ignore[dict-item]


def test_a_line_and_its_border_come_from_the_frame_and_guessing_stands_still() -> None:
    guessing, line, border = figure(with_lines(("", "test"))).data
    assert (list(guessing.x), list(guessing.y)) == ([0, 1], [0, 1]) and "feeds" not in guessing.meta
    assert line.meta["feeds"] == {"x": "array:roc/x/0", "y": "array:roc/y/0"}
    assert border.meta["feeds"] == {"x": "array:roc/at_x/0", "y": "array:roc/at_y/0"}


def test_the_legend_tells_the_area_under_each_line_where_no_line_is() -> None:
    one, two = figure(with_lines(("", "test"))), figure(with_lines(("a", "variant:0"), ("b", "variant:1")))
    named = [[trace.meta["name"] for trace in chart.data if "name" in trace.meta] for chart in (one, two)]
    assert named == [["AUC {0/area/roc}"], ["a, AUC {0/area/roc}", "b, AUC {1/area/roc}"]]
    assert [trace.showlegend for trace in two.data] == [False, None, False, None, False]
    assert two.layout.meta["legend"] == "inside" and two.layout.legend.xanchor == "right"
    left = {**ROC, "options": {**ROC["options"], "free": "left"}}  # type: ignore[dict-item]
    assert figure(left).layout.legend.xanchor == "left"
    assert [trace.meta["colour"] for trace in two.data] == ["muted", "variant:0", "variant:0", "variant:1", "variant:1"]


def test_the_axes_have_titles_and_show_the_whole_square() -> None:
    layout = figure(with_lines(("", "test"))).layout
    assert layout.xaxis.title.text == "false positive rate"
    assert "true positive rate" in [note.text for note in layout.annotations]
    assert layout.xaxis.range[0] <= 0 and layout.yaxis.range[1] >= 1


def test_without_lines_there_are_axes() -> None:
    assert figure({"name": "roc", "title": "ROC curve"}).data == ()
