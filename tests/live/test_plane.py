"""The output plane in a real browser: right side up, right colours, honest numbers, and points drawn by hand."""

from __future__ import annotations

import re
from typing import Any

import numpy as np
import pytest
from single_view import Arrays, SingleView

pytestmark = pytest.mark.browser
GRID = 60
BASE, OVER = ".llv-field-plane canvas:nth-of-type(1)", ".llv-field-plane canvas:nth-of-type(2)"
X1, X2 = np.meshgrid(np.linspace(-6, 6, GRID), np.linspace(-6, 6, GRID))


def plane(classes: list[str], **options: Any) -> dict[str, Any]:
    usual = {
        "axes": ["x₁", "x₂"], "range": [[-6, 6], [-6, 6]], "classes": classes, "scale": [-1, 1], "draw": False,
        "pick": False, "note": "", "target": "height", "max_points": 1000,
    }  # fmt: skip
    return {"name": "output", "kind": "plane", "title": "Output", "options": usual | options}


def constants(train: list[tuple[float, float, float]], test: list[tuple[float, float, float]] | None = None) -> Arrays:
    found: Arrays = {}
    for part, rows in (("train", train), ("test", test or [])):
        array = np.array(rows, np.float32).reshape(-1, 3)
        found[f"output/{part}_points"], found[f"output/{part}_targets"] = array[:, :2], array[:, 2]
    return found


def surface(values: np.ndarray) -> Arrays:
    """Values between -1 and 1 on the grid as the wire brings them."""
    return {"output/surface": np.round(127.5 + 127.5 * np.clip(values, -1, 1)).astype(np.uint8)}


@pytest.fixture
def show(tab: Any, harness: Any) -> Any:
    def go(
        view: dict[str, Any], data: Arrays | None = None, dark: bool = False, spec: dict[str, Any] | None = None
    ) -> SingleView:
        page = tab(380, 420)
        page.set_default_timeout(5000)
        single = SingleView(page, harness.url, view, (350, 320), dark)
        single.describe(None, data or constants([]), spec)
        return single

    return go


def at(single: SingleView, x1: float, x2: float) -> tuple[float, float]:
    """Window pixels of a place of the plane."""
    place = single.page.evaluate("([a, b]) => window.shown.box.to(a, b)", [x1, x2])
    box = single.page.locator(".llv-field-plane").bounding_box()
    return box["x"] + place[0], box["y"] + place[1]


def colour(single: SingleView, x1: float, x2: float, canvas: str = BASE) -> tuple[int, int, int]:
    x, y = single.page.evaluate("([a, b]) => window.shown.box.to(a, b)", [x1, x2])
    return single.pixel(canvas, x, y)


def blue(rgb: tuple[int, int, int]) -> bool:
    return rgb[2] > rgb[0] + 40


def orange(rgb: tuple[int, int, int]) -> bool:
    return rgb[0] > rgb[2] + 40


def card(single: SingleView) -> str:
    return " ".join(single.page.locator(".llv-card:popover-open").inner_text().split())


def test_two_classes_stand_right_side_up(show: Any) -> None:
    single = show(plane(["orange", "blue"]))
    single.frame(surface(np.where(X2 > 0, 1.0, -1.0)))
    assert blue(colour(single, 3, 4)) and orange(colour(single, 3, -4))
    single.frame(surface(np.where(X1 > 0, 1.0, -1.0)))
    assert blue(colour(single, 4, 3)) and orange(colour(single, -4, 3))


def test_grid_points_lie_where_the_axes_say(show: Any) -> None:
    """A border at x1 = 3 is drawn at x1 = 3, also after enlarging."""
    single = show(plane(["a", "b"]))
    single.frame(surface(np.tanh(5 * (X1 - 3))))
    single.page.get_by_role("button", name="Crisp").click()
    assert orange(colour(single, 2.85, 0)) and blue(colour(single, 3.15, 0))


def test_three_classes_blend_by_probability_and_decide_when_crisp(show: Any) -> None:
    single = show(plane(["a", "b", "c"], scale=[0, 1]))
    p = np.stack([X1 < -2, (X1 >= -2) & (X1 < 2), X1 >= 2]).astype(float)
    p = 0.7 * p + 0.1  # 0.8 for the likeliest class, 0.1 for the others
    frame = {"output/surface": np.round(255 * p).astype(np.uint8)}
    single.frame(frame)
    assert orange(colour(single, -4, 0)) and blue(colour(single, 0, 0))
    green = colour(single, 4, 0)
    assert green[1] > green[0] + 20 and green[1] > green[2] + 10
    soft = colour(single, 0, 0)
    single.page.get_by_role("button", name="Crisp").click()
    crisp = colour(single, 0, 0)
    assert crisp[2] - crisp[0] > soft[2] - soft[0]  # a decision is purer than a probability
    single.page.mouse.move(*at(single, 0, 0))
    assert "b, probability ≈ 80 %" in card(single)


def test_a_regression_is_grey_at_zero_whatever_its_scale(show: Any) -> None:
    single = show(plane([], scale=[-1, 3]))
    byte = np.round(255 * (0 + 1) / 4)  # where the value is 0
    single.frame({"output/surface": np.full((GRID, GRID), byte, np.uint8)})
    red, green, b = colour(single, 0, 0)
    assert max(red, green, b) - min(red, green, b) < 14
    assert "−1" in single.page.locator(".llv-legend").inner_text()
    single.page.mouse.move(*at(single, 1, -2))
    assert "height ≈ 0" in card(single) and "x₁ = 1.0" in card(single) and "x₂ = −2.0" in card(single)


def test_the_readout_follows_the_frames(show: Any) -> None:
    single = show(plane(["no", "yes"]))
    single.frame(surface(np.full((GRID, GRID), 0.5)))
    single.page.mouse.move(*at(single, 1, 1))
    assert "output ≈ 0.50: yes" in card(single)
    single.frame(surface(np.full((GRID, GRID), -0.25)))
    assert "output ≈ −0.25: no" in card(single)


def test_points_are_told_and_shown(show: Any) -> None:
    single = show(plane(["cat", "dog"]), constants([(1, 2, 1), (-3, -3, 0)], [(4, -1, 0)]))
    single.frame(surface(np.zeros((GRID, GRID))))
    assert blue(colour(single, 1, 2, OVER)) and orange(colour(single, -3, -3, OVER))
    single.page.mouse.move(*at(single, 1, 2))
    assert "Training sample 1: dog" in card(single) and "x₁ = 1.00, x₂ = 2.00" in card(single)
    single.page.mouse.move(*at(single, 4, -1))
    assert "Test sample 1: cat" in card(single)
    hollow = colour(single, 4, -1, OVER)
    assert min(hollow) > 240  # hollow, not filled
    single.page.get_by_role("button", name="Test points").click()
    assert single.pixel(OVER, *single.page.evaluate("window.shown.box.to(4, -1)")) == (0, 0, 0)
    single.page.mouse.move(*at(single, 4, -1))
    assert "Test sample" not in card(single)


def test_clicking_a_sample_sends_it_through_the_network(show: Any) -> None:
    single = show(plane(["a", "b"], pick=True), constants([(1, 2, 1), (-3, -3, 0)], [(4, 4, 0)]))
    single.page.mouse.click(*at(single, -3, -3))
    single.page.mouse.click(*at(single, 4, 4))
    assert single.said("sent") == [
        {"do": "look", "options": {"sample": 1, "part": "train"}},
        {"do": "look", "options": {"sample": 0, "part": "test"}},
    ]


def test_the_border_and_the_sample_in_use_are_drawn(show: Any) -> None:
    single = show(plane(["a", "b"]))
    frame = surface(np.where(X1 + X2 - 1 > 0, 1.0, -1.0))
    frame |= {"output/line": np.array([1, 1, -1], np.float32), "output/mark": np.array([-4, -4], np.float32)}
    single.frame(frame)
    for x1 in (-3.0, 0.5, 4.0):
        assert max(colour(single, x1, 1 - x1)) < 90  # dark ink on x1 + x2 = 1
    ring = single.page.evaluate("window.shown.box.to(-4, -4)")
    assert max(single.pixel(BASE, ring[0] + 9, ring[1])) < 90


def test_a_unit_is_shown_large_while_it_is_pointed_at(show: Any) -> None:
    single = show(plane(["a", "b"]))
    maps = np.zeros((2, 8, 8), np.uint8)
    maps[1] = 255
    frame = surface(np.full((GRID, GRID), -1.0))
    frame |= {"network/unit/1": maps, "network/unit_scale/1": np.array([1, 2.5], np.float32)}
    single.frame(frame)
    size = single.page.evaluate("window.shown.box.size")
    peek = {"view": "network", "layer": 1, "unit": 1, "title": "hidden 1 · unit 2"}
    single.page.evaluate("peek => window.api.emit('peek', peek)", peek)
    assert blue(colour(single, 0, 0)) and "2.50" in single.page.locator(".llv-legend").inner_text()
    assert single.page.get_by_text("hidden 1 · unit 2").is_visible()
    assert single.page.evaluate("window.shown.box.size") == size  # nothing jumps
    single.page.evaluate("window.api.emit('peek', null)")
    assert orange(colour(single, 0, 0))


def test_the_crosshair_reads_the_output_aloud(show: Any) -> None:
    single = show(plane(["no", "yes"]), constants([(0, 0, 1)]))
    single.frame(surface(np.full((GRID, GRID), 0.5)))
    field = single.page.get_by_role("application")
    assert "1 training and 0 test points" in field.get_attribute("aria-label")
    field.focus()
    single.page.keyboard.press("Shift+ArrowRight")
    single.page.wait_for_function("window.spoken.length > 0")
    assert single.said("spoken")[-1] == "x₁ = 1.50, x₂ = 0.00: output ≈ 0.50: yes"


FOUR_EACH = [(float(x), 3.0, 0.0) for x in range(4)] + [(float(x), -3.0, 1.0) for x in range(4)]


def drawing(show: Any, points: list[tuple[float, float, float]] = FOUR_EACH, **options: Any) -> SingleView:
    spec = {"data": {"points": [{"x1": a, "x2": b, "label": int(c)} for a, b, c in points]}}
    single: SingleView = show(plane(["class A", "class B"], draw=True, **options), constants(points), spec=spec)
    single.frame(surface(np.zeros((GRID, GRID))))
    return single


def test_a_click_adds_a_point_of_the_chosen_class(show: Any) -> None:
    single = drawing(show)
    single.page.get_by_role("button", name="Class C").click()
    single.page.mouse.click(*at(single, -3, 0))
    ((name, points),) = single.said("triggers")
    assert name == "points" and points[:8] == [list(row) for row in FOUR_EACH]
    assert points[8] == [pytest.approx(-3, abs=0.05), pytest.approx(0, abs=0.05), 2]


def test_dragging_paints_and_sends_once(show: Any) -> None:
    single = drawing(show)
    single.page.mouse.move(*at(single, -5, 0))
    single.page.mouse.down()
    single.page.mouse.move(*at(single, 5, 0), steps=40)
    assert single.said("triggers") == []  # nothing before the pointer is lifted
    single.page.mouse.up()
    ((_, points),) = single.said("triggers")
    xs = [x1 for x1, x2, _ in points[8:]]
    assert 8 < len(xs) < 25 and min(np.diff(xs)) > 0.3


def test_dragging_a_point_moves_it(show: Any) -> None:
    single = drawing(show)
    single.page.mouse.move(*at(single, 0, 3))
    single.page.mouse.down()
    single.page.mouse.move(*at(single, -4, -5), steps=5)
    single.page.mouse.up()
    ((_, points),) = single.said("triggers")
    assert len(points) == 8 and points[0] == [pytest.approx(-4, abs=0.1), pytest.approx(-5, abs=0.1), 0]


def test_erase_undo_and_clear(show: Any) -> None:
    more = [*FOUR_EACH, (-4.0, 3.0, 0.0)]
    single = drawing(show, more)
    page = single.page
    page.get_by_role("button", name="Erase").click()
    page.mouse.click(*at(single, -4, 3))
    assert len(single.said("triggers")[-1][1]) == 8
    page.get_by_role("button", name="Undo").click()
    assert single.said("triggers")[-1][1] == [list(row) for row in more]
    page.get_by_role("button", name="Clear").click()
    assert len(single.said("triggers")) == 2  # nothing to learn from: not sent, but said
    assert "at least 4 of each of two classes" in page.get_by_role("status").inner_text()
    page.get_by_role("button", name="Undo").click()
    assert len(single.said("triggers")) == 3


def test_points_can_be_put_with_the_keyboard(show: Any) -> None:
    single = drawing(show)
    single.page.get_by_role("application").focus()
    for _ in range(2):
        single.page.keyboard.press("Shift+ArrowLeft")
    single.page.keyboard.press("Enter")
    assert single.said("triggers")[-1][1][8] == [-3, 0, 0]


def test_the_bound_is_said(show: Any) -> None:
    single = drawing(show, max_points=9)
    for x in (-5, -3, -1):
        single.page.mouse.click(*at(single, x, 0))
    assert len(single.said("triggers")[-1][1]) == 9
    assert "the most: 9 points" in single.page.get_by_role("status").inner_text()


def test_a_late_description_does_not_take_new_points_away(show: Any) -> None:
    single = drawing(show)
    single.page.mouse.click(*at(single, -5, 0))
    single.page.mouse.click(*at(single, -3, 0))
    first, second = (points for _, points in single.said("triggers"))
    for points, shown in ((first, 10), (second, 10)):
        spec = {"data": {"points": [{"x1": a, "x2": b, "label": c} for a, b, c in points]}}
        single.describe(None, constants([tuple(row) for row in points]), spec)
        assert single.page.evaluate("window.shown.visible().length") == shown


def holds(single: SingleView) -> list[str | None]:
    """What training was held for, so far."""
    return [value for name, value in single.said("emitted") if name == "hold"]


def counts(single: SingleView) -> str:
    """How many points of each class the view says it has."""
    found = re.search(r"A \d+, B \d+, C \d+", single.page.get_by_role("status").inner_text())
    assert found is not None
    return found[0]


def echo(single: SingleView, points: list[list[float]]) -> None:
    """The run was rebuilt with these points."""
    spec = {"data": {"points": [{"x1": a, "x2": b, "label": c} for a, b, c in points]}}
    single.describe(None, constants([(a, b, c) for a, b, c in points]), spec)


def test_the_points_beside_each_class_are_those_on_the_plane(show: Any) -> None:
    single = drawing(show)
    assert counts(single) == "A 4, B 4, C 0"
    single.page.get_by_role("button", name="Class C").click()
    single.page.mouse.click(*at(single, -3, 0))
    assert counts(single) == "A 4, B 4, C 1"
    single.page.get_by_role("button", name="Clear").click()
    assert counts(single) == "A 0, B 0, C 0" and single.page.evaluate("window.shown.visible()") == []
    single.page.get_by_role("button", name="Undo").click()
    assert counts(single) == "A 4, B 4, C 1"


def test_training_is_held_while_the_points_are_too_few(show: Any) -> None:
    single = drawing(show)
    assert holds(single) == []
    single.page.get_by_role("button", name="Erase").click()
    single.page.mouse.click(*at(single, 0, 3))
    assert holds(single) == ["Draw at least 4 points of each of two classes."] and counts(single) == "A 3, B 4, C 0"
    single.page.get_by_role("button", name="Class A").click()
    single.page.mouse.click(*at(single, -3, 3))
    assert holds(single)[1:] == [None] and len(single.said("triggers")) == 1


def test_old_points_that_come_back_are_seen_and_can_be_trained_on(show: Any) -> None:
    single = drawing(show)
    single.page.get_by_role("button", name="Clear").click()
    echo(single, [list(row) for row in FOUR_EACH])  # after a reset, say
    assert len(single.page.evaluate("window.shown.visible()")) == 8
    assert holds(single)[-1] is None and counts(single) == "A 4, B 4, C 0"


def test_a_late_echo_does_not_bring_erased_points_back(show: Any) -> None:
    single = drawing(show)
    single.page.mouse.click(*at(single, -5, 0))
    single.page.get_by_role("button", name="Clear").click()
    ((_, points),) = single.said("triggers")
    echo(single, points)
    assert single.page.evaluate("window.shown.visible()") == [] and holds(single)[-1] is not None


def test_the_run_shows_its_own_points_once_it_has_them(show: Any) -> None:
    single = drawing(show)
    single.page.mouse.click(*at(single, -4.987, 0.123))
    ((_, points),) = single.said("triggers")
    assert points[8] == [round(value, 2) for value in points[8]], "as the experiment keeps them"
    echo(single, points)
    assert single.page.evaluate("window.shown.draw.local") is None


def test_points_that_were_refused_go(show: Any) -> None:
    single = drawing(show)
    single.page.get_by_role("button", name="Class C").click()
    single.page.mouse.click(*at(single, -3, 0))
    assert counts(single) == "A 4, B 4, C 1"
    single.page.evaluate("window.api.emit('refused', 1)")
    assert counts(single) == "A 4, B 4, C 0" and len(single.page.evaluate("window.shown.visible()")) == 8


def test_a_plane_that_goes_holds_nothing(show: Any) -> None:
    single = drawing(show)
    single.page.get_by_role("button", name="Clear").click()
    single.page.evaluate("window.shown.destroy()")
    assert holds(single)[-1] is None


@pytest.mark.parametrize("dark", [False, True])
@pytest.mark.parametrize("draw", [False, True])
def test_axe_finds_nothing(show: Any, dark: bool, draw: bool) -> None:
    single = show(plane(["a", "b"], draw=draw, note="A slice."), constants(FOUR_EACH, FOUR_EACH), dark=dark)
    single.frame(surface(np.zeros((GRID, GRID))))
    single.page.mouse.move(*at(single, -5, 0))
    assert single.axe() == []


def test_frames_are_drawn_fast_and_destroy_leaves_nothing(show: Any) -> None:
    rows = [(float(a), float(b), float(a > 0)) for a, b in np.random.default_rng(0).uniform(-5, 5, (250, 2))]
    single = show(plane(["a", "b"]), constants(rows, rows))
    frame = surface(np.tanh(X1))
    assert sorted(single.frames(frame, 25))[4] < 2
    single.page.evaluate("window.shown.destroy()")
    assert single.page.locator("#host").inner_html() == "" and single.page.locator("#tools").inner_html() == ""
