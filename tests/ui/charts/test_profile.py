from ui.charts.profile import figure

LINES = [
    {"title": "Xavier", "role": "variant:0", "layers": 3, "line": 0},
    {"title": "He", "role": "variant:2", "layers": 2, "line": 2},
]
VIEW = {"name": "spread", "kind": "profile", "title": "Forward", "options": {"lines": LINES, "quantity": "Spread"}}


def test_a_line_goes_through_its_layers_and_is_fed_by_its_array() -> None:
    xavier, he = figure(VIEW).data
    assert list(xavier.x) == [1, 2, 3] and list(he.x) == [1, 2]
    assert he.meta == {"feeds": {"y": "array:spread/2"}, "colour": "variant:2"} and xavier.name == "Xavier"


def test_the_axes_say_what_is_measured() -> None:
    layout = figure(VIEW).layout
    assert layout.xaxis.title.text == "hidden layer" and layout.yaxis.type == "log"
    assert [note.text for note in layout.annotations] == ["Spread"]


def test_many_lines_have_their_legend_beside_them() -> None:
    many = {**VIEW, "options": {"lines": [{**LINES[0], "title": str(number)} for number in range(5)]}}
    assert figure(many).layout.legend.orientation == "v" and figure(VIEW).layout.legend.orientation == "h"
    assert figure({"name": "spread", "title": "Forward"}).data == ()
