from typing import Any

import pytest

from ui.charts.surface import figure


def view(classes: list[str], **options: Any) -> dict[str, Any]:
    options = {
        "axes": ["x₁", "x₂"],
        "range": [[-6, 6], [0, 3]],
        "classes": classes,
        "scale": [-1.0, 1.0],
        "target": "y",
    } | options
    return {"name": "output_3d", "kind": "surface", "title": "Output in 3-D", "options": options}


def test_one_output_is_one_surface_in_blue_and_orange() -> None:
    chart = figure(view(["outside", "inside"], grid=4))
    surface, outside, inside = chart.data
    assert surface.meta == {"feeds": {"z": "array:output_3d/heights"}, "colour": "diverging"}
    assert (surface.cmin, surface.cmax) == (-1, 1)
    assert list(surface.x) == pytest.approx([-6, -2, 2, 6])
    assert list(surface.y) == pytest.approx([0, 1, 2, 3])
    assert outside.meta["feeds"] == {
        "x": "array:output_3d/x1/0",
        "y": "array:output_3d/x2/0",
        "z": "array:output_3d/height/0",
    }
    assert outside.marker.symbol != inside.marker.symbol  # colour is never the only sign
    assert chart.layout.scene.xaxis.title.text == "x₁"
    low, high = chart.layout.scene.zaxis.range
    assert -1.1 < low < -1 and 1 < high < 1.1, "heights at the ends are not cut off"


def test_several_classes_are_one_surface_of_probabilities_each() -> None:
    chart = figure(view(["A", "B", "C"]))
    surfaces = [trace for trace in chart.data if trace.type == "surface"]
    # each where it is the highest: three whole surfaces would hide one another
    assert [trace.meta["feeds"]["z"] for trace in surfaces] == [f"highest:output_3d/heights@{k}" for k in range(3)]
    assert all(trace.opacity is None for trace in surfaces)
    assert [trace.meta["colour"] for trace in surfaces] == ["class:0", "class:1", "class:2"]
    assert chart.layout.scene.zaxis.title.text == "probability"
    assert list(chart.layout.scene.zaxis.range) == pytest.approx([-0.02, 1.02])


def test_regression_names_its_target_and_has_one_group_of_samples() -> None:
    chart = figure(view([], scale=[-2.0, 5.0]))
    assert chart.layout.scene.zaxis.title.text == "y"
    assert [trace.type for trace in chart.data] == ["surface", "scatter3d"]
    assert chart.data[1].meta["colour"] == "muted"


def test_places_without_numbers_get_no_tick_labels() -> None:
    assert figure(view([])).layout.scene.xaxis.showticklabels is False
    assert figure(view([], grid=3)).layout.scene.xaxis.showticklabels is True
