from ui.charts.landscape import figure

VIEW = {
    "name": "landscape",
    "options": {
        "range": [[-2, 2], [0, 4]],
        "grid": 5,
        "height": "log₁₀(loss + 0.1)",
        "lines": [{"title": "Adam", "role": "variant:6"}],
    },
}


def test_a_surface_and_a_line_for_each_way() -> None:
    surface, way = figure(VIEW).data
    assert list(surface.x) == [-2, -1, 0, 1, 2] and list(surface.y) == [0, 1, 2, 3, 4]
    assert surface.meta["feeds"] == {"z": "array:landscape/heights"}
    assert way.meta["feeds"] == {axis: f"array:landscape/{axis}/0" for axis in "xyz"}
    assert figure(VIEW).layout.scene.zaxis.title.text == "log₁₀(loss + 0.1)"
    assert list(figure(VIEW).layout.scene.yaxis.range) == [0, 4]
