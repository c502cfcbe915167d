"""The network diagram in a real browser: what it shows are the numbers sent, what it asks for is what was clicked."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from single_view import SingleView, network_arrays, network_view

pytestmark = pytest.mark.browser
X = ["x₁", "x₂"]


@pytest.fixture
def show(tab: Any, harness: Any) -> Any:
    def go(view: dict[str, Any], size: tuple[int, int] = (620, 320), dark: bool = False, **options: Any) -> SingleView:
        page = tab(size[0] + 20, size[1] + 80, **options)
        page.set_default_timeout(5000)
        single = SingleView(page, harness.url, view, size, dark)
        single.describe()
        return single

    return go


@pytest.fixture
def default(show: Any) -> SingleView:
    """The 2-4-2-1 network with numbers that can be recognised."""
    single: SingleView = show(network_view([4, 2, 1], X))
    arrays = network_arrays([4, 2, 1], 2)
    arrays["network/weight/0"] = np.array([[0.25, -0.5], [1.25, -0.75], [0, 0], [0.1, 0.1]], np.float32)
    arrays["network/weight_gradient/0"] = np.array([[0.0125, 0], [-0.0321, 0], [0, 0], [0, 0]], np.float32)
    arrays["network/bias/0"] = np.array([0.5, 0.125, 0, 0], np.float32)
    arrays["network/bias_gradient/0"] = np.array([0, -0.0456, 0, 0], np.float32)
    single.arrays = arrays  # type: ignore[attr-defined]  # so that a test can change and resend them
    single.frame(arrays)
    return single


def unit(single: SingleView, name: str) -> Any:
    return single.page.get_by_role("button", name=name, exact=True)


def card(single: SingleView) -> str:
    text: str = single.page.locator(".llv-card:popover-open").inner_text()
    return " ".join(text.split())


def centre(single: SingleView, name: str) -> tuple[float, float]:
    box = unit(single, name).bounding_box()
    return box["x"] + box["width"] / 2, box["y"] + box["height"] / 2


def between(single: SingleView, a: str, b: str) -> tuple[float, float]:
    """Half-way along the line between two units (the curves are symmetric)."""
    (x0, y0), (x1, y1) = centre(single, a), centre(single, b)
    return (x0 + x1) / 2, (y0 + y1) / 2


def test_an_edge_shows_its_weight_and_gradient(default: SingleView) -> None:
    default.page.mouse.move(*between(default, "x₁", "hidden 1 · unit 1"))
    text = card(default)
    assert "w from x₁ to hidden 1 · unit 1" in text
    assert "weight 0.250" in text and "∂L/∂w 0.0125" in text


def test_an_open_card_follows_the_frames(default: SingleView) -> None:
    default.page.mouse.move(*between(default, "x₁", "hidden 1 · unit 1"))
    default.arrays["network/weight/0"][0, 0] = -2.5  # type: ignore[attr-defined]
    default.frame(default.arrays)  # type: ignore[attr-defined]
    assert "weight −2.50" in card(default)


def test_a_unit_shows_its_formula_and_asks_the_plane_to_show_it(default: SingleView) -> None:
    unit(default, "hidden 1 · unit 2").hover()
    text = card(default)
    assert "a = tanh(1.25·x₁ − 0.75·x₂ + 0.13)" in text  # 0.125 rounds as toFixed does
    assert "bias 0.125" in text and "∂L/∂b −0.0456" in text
    assert default.said("emitted")[-1] == [
        "peek",
        {"view": "network", "layer": 1, "unit": 1, "title": "hidden 1 · unit 2"},
    ]
    default.page.mouse.move(5, 395)
    assert default.said("emitted")[-1] == ["peek", None]
    assert default.page.locator(".llv-card:popover-open").count() == 0


def test_a_long_formula_is_cut(show: Any) -> None:
    single = show(network_view([16, 2], X))
    single.frame(network_arrays([16, 2], 2))
    unit(single, "output · class B").hover()
    assert "… + 11 more" in card(single) and "h₅" in card(single) and "h₆" not in card(single)


def test_before_the_first_update_there_is_no_gradient(show: Any) -> None:
    single = show(network_view([1], X))
    arrays = {name: a for name, a in network_arrays([1], 2).items() if "gradient" not in name}
    single.frame(arrays, step=0)
    unit(single, "output").hover()
    assert "after the first update" in card(single)
    single.frame(arrays, step=5)  # updates without gradients: Rosenblatt's rule has none
    assert "∂L" not in card(single)


def test_setting_a_weight_by_hand(default: SingleView) -> None:
    default.page.mouse.click(*between(default, "x₂", "hidden 1 · unit 4"))
    field = default.page.get_by_role("spinbutton", name="Set weight from x₂")
    assert field.input_value() == "0.1"
    field.fill("-1.5")
    default.page.wait_for_function("window.sent.length > 0")
    assert default.said("sent")[-1] == {"do": "edit", "parameter": "weight/0", "index": [3, 1], "value": -1.5}
    default.page.keyboard.press("Escape")
    assert default.page.get_by_role("dialog").count() == 0
    assert default.page.evaluate("document.activeElement.ariaLabel") == "hidden 1 · unit 4"


def test_a_refusal_is_shown(default: SingleView) -> None:
    default.page.evaluate("window.refuse = 'value: expected a number below 1,000,000; received 5e9'")
    unit(default, "hidden 2 · unit 1").click()
    default.page.get_by_role("spinbutton", name="Set bias").fill("5e9")
    default.page.get_by_role("alert").get_by_text("expected a number below 1,000,000").wait_for()


def test_the_field_is_left_alone_while_typed_into_and_live_otherwise(default: SingleView) -> None:
    arrays = default.arrays  # type: ignore[attr-defined]
    unit(default, "hidden 1 · unit 1").click()
    field = default.page.get_by_role("spinbutton", name="Set bias")
    arrays["network/bias/0"][0] = 0.75
    default.frame(arrays)
    assert field.input_value() == "0.75"
    field.fill("2")
    arrays["network/bias/0"][0] = 0.8
    default.frame(arrays)
    assert field.input_value() == "2"


def test_plus_and_minus_ask_for_another_network(default: SingleView) -> None:
    for name, wanted in [
        ("Add a unit to hidden layer 1", {"action": "add_unit", "layer": 0}),
        ("Remove a unit from hidden layer 2", {"action": "remove_unit", "layer": 1}),
        ("Add a hidden layer after hidden layer 2", {"action": "add_layer", "layer": 2}),
        ("Add a hidden layer after the inputs", {"action": "add_layer", "layer": 0}),
        ("Remove hidden layer 1", {"action": "remove_layer", "layer": 0}),
    ]:
        unit(default, name).click()
        assert default.said("triggers")[-1] == ["network", wanted]


def test_limits_say_why(show: Any) -> None:
    single = show(network_view([16] * 8 + [1], X))
    for name, why in [
        ("Add a unit to hidden layer 8", "at most 16 units"),
        ("Add a hidden layer after hidden layer 8", "at most 8 hidden layers"),
    ]:
        button = unit(single, name)
        assert button.get_attribute("aria-disabled") == "true" and why in button.get_attribute("title")
        button.click(force=True)
    assert single.said("triggers") == []


def test_without_edit_there_are_no_buttons(show: Any) -> None:
    single = show(network_view([3, 1], X, edit=False))
    assert single.page.get_by_role("button", name="Add").count() == 0


def test_the_focus_stays_on_a_button_when_the_network_is_rebuilt(default: SingleView) -> None:
    unit(default, "Add a unit to hidden layer 1").click()
    default.describe(network_view([5, 2, 1], X))
    assert default.page.evaluate("document.activeElement.ariaLabel") == "Add a unit to hidden layer 1"
    default.frame(network_arrays([4, 2, 1], 2))  # a late frame of the network before is not drawn, and does no harm
    default.frame(network_arrays([5, 2, 1], 2))


def test_heatmaps_stand_right_side_up(show: Any) -> None:
    single = show(network_view([1], X))
    arrays = network_arrays([1], 2)
    rows = np.linspace(0, 255, 32).astype(np.uint8)
    arrays["network/unit/1"] = np.repeat(rows[:, None], 32, axis=1)[None]  # large x2 positive: blue must be above
    single.frame(arrays)
    box = unit(single, "output").bounding_box()
    stage = single.page.locator(".llv-stage canvas").bounding_box()
    x, y = box["x"] - stage["x"] + box["width"] / 2, box["y"] - stage["y"]
    above = single.pixel(".llv-stage canvas", x, y + 5)
    below = single.pixel(".llv-stage canvas", x, y + box["height"] - 5)
    assert above[2] > above[0] + 60 and below[0] > below[2] + 60


def test_edges_take_the_colour_of_their_sign(show: Any) -> None:
    single = show(network_view([1], ["x₁"]))
    for weight, blue in [(2.0, True), (-2.0, False)]:
        arrays = network_arrays([1], 1)
        arrays["network/weight/0"] = np.array([[weight]], np.float32)
        single.frame(arrays)
        x, y = between(single, "x₁", "output")
        stage = single.page.locator(".llv-stage canvas").bounding_box()
        red, _, b = single.pixel(".llv-stage canvas", x - stage["x"], y - stage["y"])
        assert (b > red) is blue


def test_the_diagram_is_one_tab_stop_and_arrows_move_in_it(default: SingleView) -> None:
    page = default.page
    names = lambda: page.evaluate("document.activeElement.ariaLabel")  # noqa: E731  # read often, said once
    page.keyboard.press("Tab")
    assert names() == "Remove hidden layer 1" or names().startswith("Add a hidden layer")
    page.keyboard.press("Tab")
    assert names() == "x₁"
    for key, expected in [
        ("ArrowDown", "x₂"),
        ("ArrowRight", "hidden 1 · unit 4"),
        ("ArrowUp", "hidden 1 · unit 3"),
        ("ArrowRight", "hidden 2 · unit 2"),
        ("End", "output"),
        ("ArrowLeft", "hidden 2 · unit 2"),
    ]:
        page.keyboard.press(key)
        assert names() == expected
    assert "bias" in card(default)
    page.keyboard.press("Enter")
    page.get_by_label("Which number to set").select_option("Weight from hidden 1 · unit 3")
    page.get_by_role("spinbutton").press("ArrowUp")
    page.wait_for_function("window.sent.length > 0")
    sent = default.said("sent")[-1]
    weight = float(default.arrays["network/weight/1"][1, 2])  # type: ignore[attr-defined]
    assert (sent["parameter"], sent["index"]) == ("weight/1", [1, 2])
    assert sent["value"] == pytest.approx(weight + 0.1, abs=1e-3)


def test_keys_of_the_page_are_not_triggered_from_the_diagram(default: SingleView) -> None:
    default.page.evaluate(
        "document.addEventListener('keydown', (e) => (window.leaked = (window.leaked ?? '') + e.key))"
    )
    unit(default, "x₁").focus()
    for key in ["ArrowRight", " ", "Escape"]:
        default.page.keyboard.press(key)
    assert default.page.evaluate("window.leaked ?? ''") == ""


def test_a_tap_shows_the_card_with_an_edit_button(show: Any) -> None:
    single = show(network_view([2, 1], X), has_touch=True)
    single.frame(network_arrays([2, 1], 2))
    unit(single, "hidden 1 · unit 1").tap()
    assert "a = tanh(" in card(single)
    single.page.get_by_role("button", name="Edit", exact=True).tap()
    assert single.page.get_by_role("dialog").is_visible()


def test_tables_show_the_activations_of_a_sample(show: Any) -> None:
    single = show(network_view([2, 3], ["bill length (mm)", "body mass (g)"], heatmaps=False))
    arrays = network_arrays([2, 3], 2, heatmaps=False)
    arrays["network/activation/1"] = np.array([-0.375, 0.5], np.float32)
    single.frame(arrays)
    unit(single, "hidden 1 · unit 1").hover()
    assert "this sample −0.375" in card(single)


def test_the_weights_can_be_read_as_a_table(default: SingleView) -> None:
    row = default.page.locator(".llv-hidden tr", has=default.page.get_by_text("hidden 1 · unit 2", exact=True))
    row.wait_for(state="attached")
    assert row.locator("td").all_text_contents() == ["0.125", "x₁: 1.25, x₂: −0.750"]


@pytest.mark.parametrize("sizes, inputs", [([1], 2), ([16] * 8 + [3], 7), ([4, 2, 1], 30)])
def test_every_size_fits_its_panel(show: Any, sizes: list[int], inputs: int) -> None:
    single = show(network_view(sizes, [f"input {i}" for i in range(inputs)], heatmaps=inputs < 30))
    single.frame(network_arrays(sizes, inputs, heatmaps=inputs < 30))
    stage = single.page.locator(".llv-scroller")
    assert stage.evaluate("e => [e.scrollWidth - e.clientWidth, e.scrollHeight - e.clientHeight]") == [0, 0]
    boxes = single.page.locator(".llv-unit").evaluate_all("all => all.map((e) => e.getBoundingClientRect().toJSON())")
    panel = stage.bounding_box()
    assert len(boxes) == inputs + sum(sizes)
    assert all(panel["y"] <= box["top"] and box["bottom"] <= panel["y"] + panel["height"] + 1 for box in boxes)


@pytest.mark.parametrize("dark", [False, True])
def test_axe_finds_nothing(show: Any, dark: bool) -> None:
    single = show(network_view([4, 2, 3], X), dark=dark)
    single.frame(network_arrays([4, 2, 3], 2))
    assert single.axe() == []
    unit(single, "hidden 1 · unit 1").hover()
    assert single.axe() == []
    unit(single, "hidden 1 · unit 1").click()
    assert single.axe() == []


def test_destroy_leaves_nothing(default: SingleView) -> None:
    default.page.evaluate("window.shown.destroy()")
    assert default.page.locator("#host").inner_html() == ""


def test_frames_are_drawn_fast(show: Any) -> None:
    """Script time a frame, the best of many: what the code costs, not what else the machine is doing."""
    for sizes, most in [([4, 2, 1], 3), ([16] * 8 + [1], 8)]:
        single = show(network_view(sizes, X))
        arrays = network_arrays(sizes, 2)
        assert sorted(single.frames(arrays, 40))[4] < most
