from typing import Any

from ui.charts.array_lines import figure

LINES = [{"title": "SGD", "role": "variant:1", "dashed": True}, {"title": "Adam", "role": "variant:6"}]


def view(**options: Any) -> dict[str, Any]:
    return {"name": "heights", "options": {"x": "step", "y": "loss", "lines": LINES} | options}


def test_each_line_is_fed_by_arrays_of_its_own() -> None:
    chart = figure(view(log=True))
    assert [trace.meta["feeds"] for trace in chart.data] == [
        {"x": f"array:heights/x/{number}", "y": f"array:heights/y/{number}"} for number in range(2)
    ]
    assert [trace.line.dash for trace in chart.data] == ["dash", "solid"]
    assert chart.layout.yaxis.type == "log" and chart.layout.xaxis.title.text == "step"
    assert chart.layout.showlegend and chart.layout.annotations[0].text == "loss"


def test_linear_unless_said_and_empty_without_lines() -> None:
    assert figure(view(legend=False)).layout.yaxis.type is None
    assert len(figure({"name": "heights", "options": {}}).data) == 0
