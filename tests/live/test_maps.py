"""Feature maps in a real browser: right colours and values, every value taken apart as PyTorch computed it, choices."""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
from layered_lab import LiveLab
from single_view import SingleView

from dlcore.specs.data import SeriesData

pytestmark = pytest.mark.browser
Show = Callable[..., SingleView]


@pytest.fixture(scope="module")
def live() -> LiveLab:
    return LiveLab()


@pytest.fixture
def show(tab: Any, harness: Any) -> Show:

    def go(live: LiveLab, size: tuple[int, int] = (900, 540), dark: bool = False) -> SingleView:
        page = tab(size[0] + 30, size[1] + 60)
        page.set_default_timeout(5000)
        single = SingleView(page, harness.url, live.view("maps"), size, dark)
        single.describe(None, live.constants)
        live.lab.look(part="test", sample=0, image=None, gradients=False, exact="")
        single.frame(live.arrays("maps"))
        return single

    return go


def follow(single: SingleView, live: LiveLab) -> list[dict[str, Any]]:
    """Do what the view asked for since the last time, and send a frame."""
    wishes = single.page.evaluate("() => window.sent.splice(0)")
    for wish in wishes:
        live.lab.look(**wish["options"])
    single.frame(live.arrays("maps"))
    return [wish["options"] for wish in wishes]


def block(single: SingleView, number: int) -> Any:
    return single.page.locator(".llv-maps-layers .llv-tiles").nth(number)


def click(single: SingleView, number: int, channel: int, y: int, x: int) -> None:
    """Click a value of a layer's map."""
    at = single.page.evaluate(
        """([number, tile, y, x]) => { const { tiles } = window.shown.blocks[number];
          tiles.element.scrollIntoView({ inline: "nearest", block: "nearest" });
          const [left, top, width, height] = tiles.box({ tile, y, x });
          return { x: left + width / 2, y: top + height / 2 }; }""",
        [number, channel, y, x],
    )
    block(single, number).click(position=at)


def test_maps_have_the_colours_and_values_of_the_network(show: Show, live: LiveLab) -> None:
    single = show(live)
    page, arrays = single.page, live.arrays("maps")
    titles = page.locator(".llv-maps-layers .llv-block-title").all_inner_texts()
    assert titles == [layer["title"] for layer in live.layers] and titles[0] == "Conv 1"
    about = page.locator(".llv-maps-layers .llv-block-scale").first.inner_text()
    assert about.startswith("6 × 8 × 8 · ±") and float(about.split("±")[1]) == pytest.approx(
        float(arrays["maps/map_scale"][0]), rel=1e-2
    )
    maps = arrays["maps/map/0"]
    for extreme, sign in ((maps.argmax(), 1), (maps.argmin(), -1)):
        tile, y, x = (int(n) for n in np.unravel_index(extreme, maps.shape))
        red, _, blue = page.evaluate(
            """([tile, y, x]) => { const { tiles } = window.shown.blocks[0]; const { zoom } = tiles.plan;
              const [left, top, width, height] = tiles.box({ tile, y, x });
              const at = [(left + width / 2) / zoom, (top + height / 2) / zoom];
              return [...tiles.ctx.getImageData(...at, 1, 1).data].slice(0, 3); }""",
            [tile, y, x],
        )
        assert (blue - red) * sign > 40
    best = int(arrays["maps/probabilities"].argmax())
    item = page.locator(".llv-bars li[data-best]")
    assert item.count() == 1 and item.inner_text().split()[0] == str(best)
    assert page.locator(".llv-bars li[data-true]").inner_text().split()[0] == str(int(arrays["maps/target"][0]))
    block(single, 0).hover(position={"x": 6, "y": 6})
    assert "Conv 1 · map 1, row" in page.locator(".llv-card:popover-open").inner_text()
    boxes = page.locator(".llv-tiles").evaluate_all("(all) => all.map((e) => e.getBoundingClientRect().toJSON())")
    live.lab.step()
    single.frame(live.arrays("maps"))
    again = page.locator(".llv-tiles").evaluate_all("(all) => all.map((e) => e.getBoundingClientRect().toJSON())")
    assert again == boxes, "nothing jumps when a frame arrives"


def test_every_kind_of_layer_explains_its_values_as_pytorch_computed_them(show: Show, live: LiveLab) -> None:
    explain_all(show(live), live)
    kinds = {layer["kind"] for layer in live.layers}
    assert {"conv2d", "conv_transpose", "residual", "batch_norm", "layer_norm", "upsample", "dense"} <= kinds


SERIES = [
    {"kind": "conv1d", "channels": 4, "kernel": 5, "stride": 2, "padding": 2},
    {"kind": "activation", "function": "silu"},
    {"kind": "upsample", "factor": 2, "mode": "linear"},
    {"kind": "max_pool", "kernel": 3, "padding": 1},
    {"kind": "global_avg_pool"},
    {"kind": "batch_norm"},
]
DENSE = [{"kind": "dense", "units": 5}, {"kind": "activation", "function": "softplus"}, {"kind": "layer_norm"}]


@pytest.mark.parametrize("data", ["waves", "iris", "sine", "moons"])
def test_series_tables_and_points_go_through_as_well(show: Show, data: str) -> None:
    kinds = {"waves": "series", "iris": "table", "sine": "generated", "moons": "generated"}
    told = {"kind": kinds[data], "name": data}
    if data == "waves":
        task = SeriesData.parse(told).task
        loss, outputs = (
            ("mse", 1) if task == "regression" else ("cross_entropy", len(SeriesData.parse(told).card.classes))
        )
    else:
        loss, outputs = {"iris": ("cross_entropy", 3), "sine": ("mse", 1), "moons": ("bce", 1)}[data]
    layers = [*(SERIES if data == "waves" else DENSE), {"kind": "dense", "units": outputs}]
    live = LiveLab(layers, data=told, loss=loss)
    single = show(live)
    explain_all(single, live)
    answer = single.page.locator(".llv-maps-answer")
    assert ("true value" if loss == "mse" else "true: ") in answer.inner_text()
    assert single.page.get_by_role("button", name="Draw your own").count() == 0
    single.page.locator(".llv-maps-input .llv-tiles").hover(position={"x": 3, "y": 3})
    assert single.page.locator(".llv-card:popover-open").count() == 1


def explain_all(single: SingleView, live: LiveLab) -> None:
    """Of every layer some values, corners with padding among them: what the pane adds up is what PyTorch gave."""
    page, rng = single.page, np.random.default_rng(0)
    for number, layer in enumerate(live.layers):
        rows, columns = [1, 1, *layer["shape"][1:]][-2:]
        places = [(0, 0), (rows - 1, columns - 1), (int(rng.integers(rows)), int(rng.integers(columns)))]
        for k, (y, x) in enumerate(places[: 3 if columns > 1 else 1]):
            channel = [0, layer["shape"][0] - 1, int(rng.integers(layer["shape"][0]))][k]
            click(single, number, channel, y, x)
            follow(single, live)
            computed, real = page.evaluate(
                "() => { const { computed, real } = window.shown.explained; return [computed.exact, real.exact]; }"
            )
            output = live.arrays("maps")["maps/exact_output"]
            assert real == output.reshape(layer["shape"][0], rows, columns)[channel, y, x], (layer["title"], y, x)
            assert computed == pytest.approx(real, abs=1e-5), (layer["title"], channel, y, x)
            assert layer["title"] in page.locator(".llv-unit-title").inner_text()


def test_the_table_shows_the_products_and_the_window_slides(show: Show, live: LiveLab) -> None:
    single = show(live)
    page = single.page
    click(single, 0, 2, 0, 0)
    assert follow(single, live)[-1] == {"exact": "conv1", "unit": 2}
    cells = page.locator(".llv-grid td").evaluate_all("(all) => all.map((e) => e.textContent)")
    assert len(cells) == 27 and page.locator(".llv-grid-padding").count() == 2 * 5, "two of the three rows and columns"
    arrays = live.arrays("maps")
    kernel = [float(text.replace("−", "-")) for text in cells[9:18]]
    np.testing.assert_allclose(kernel, arrays["maps/exact_weight"].flatten(), atol=0.051)
    field = page.locator(".llv-window-field")
    field.focus()
    for key in ("ArrowDown", "ArrowRight", "ArrowRight"):
        page.keyboard.press(key)
    assert "row 2, column 3" in page.locator(".llv-unit-title").inner_text()
    assert follow(single, live) == [], "the numbers of the whole layer are there already"
    shown = page.evaluate("window.shown.explained.real.exact")
    assert shown == arrays["maps/exact_output"][2, 1, 2]
    box = field.bounding_box()
    assert box is not None
    page.mouse.move(box["x"] + 5, box["y"] + 5)
    page.mouse.down()
    page.mouse.move(box["x"] + box["width"] - 3, box["y"] + box["height"] - 3, steps=3)
    page.mouse.up()
    assert "row 8, column 8" in page.locator(".llv-unit-title").inner_text()
    page.get_by_role("button", name="Slide").click()
    page.wait_for_function("document.querySelector('.llv-unit-title').textContent.includes('row 1, column 2')")
    page.get_by_role("button", name="Stop").click()
    page.get_by_role("button", name="Next map").click()
    assert follow(single, live)[-1] == {"exact": "conv1", "unit": 3}
    page.get_by_role("button", name="Close the unit").click()
    assert follow(single, live)[-1] == {"exact": ""}
    assert page.locator(".llv-unit-hint").is_visible()


def test_a_sample_is_chosen_by_number_thumbnail_and_keyboard(show: Show, live: LiveLab) -> None:
    single = show(live)
    page = single.page
    number = page.locator(".llv-choose-number")
    page.get_by_role("button", name="Test image 4").click()
    assert follow(single, live) == [{"part": "test", "sample": 3, "image": None}]
    assert number.input_value() == "4" and page.locator(".llv-thumb[aria-pressed=true]").count() == 1
    number.fill("41")
    number.press("Enter")
    assert "Expected a whole number from 1 to 40; received “41”." in page.get_by_role("alert").inner_text()
    assert follow(single, live) == []
    number.fill("40")
    number.press("Enter")
    assert follow(single, live)[-1]["sample"] == 39 and page.locator(".llv-choose .llv-problem").inner_text() == ""
    page.get_by_role("button", name="Next sample").click()
    assert follow(single, live)[-1]["sample"] == 0
    page.get_by_label("Part of the data").select_option("train")
    assert follow(single, live)[-1] == {"part": "train", "sample": 0, "image": None}
    page.get_by_role("button", name="Gradients").click()
    assert follow(single, live) == [{"gradients": True}]
    assert page.locator(".llv-maps-input .llv-block-title").inner_text() == "∂ loss / ∂ input"
    assert "raise this sample's loss" in page.locator(".llv-maps-foot").inner_text()
    page.get_by_role("button", name="Gradients").click()
    follow(single, live)
    block(single, 0).focus()
    for key in ("ArrowRight", "Shift+ArrowRight", "ArrowDown", "Enter"):
        page.keyboard.press(key)
    assert follow(single, live)[-1] == {"exact": "conv1", "unit": 1}
    assert "map 2, row 2, column 2" in page.locator(".llv-unit-title").inner_text()


def test_a_refusal_is_told(show: Show, live: LiveLab) -> None:
    single = show(live)
    single.page.evaluate("window.refuse = 'sample: expected less'")
    single.page.get_by_role("button", name="Next sample").click()
    single.page.get_by_role("alert").filter(has_text="sample: expected less").wait_for()


def test_a_drawn_digit_goes_through(show: Show, live: LiveLab) -> None:
    single = show(live)
    page = single.page
    page.get_by_role("button", name="Gradients").click()
    page.get_by_role("button", name="Draw your own").click()
    box = page.locator(".llv-pad-board").bounding_box()
    assert box is not None
    page.mouse.move(box["x"] + 50, box["y"] + 40)
    page.mouse.down()
    page.mouse.move(box["x"] + 60, box["y"] + 170, steps=6)
    page.mouse.up()
    page.wait_for_function("window.sent.some(({ options }) => options.image)")
    follow(single, live)
    arrays = live.arrays("maps")
    assert arrays["maps/chosen"][0] == 2 and arrays["maps/input"].max() > 0.5
    assert (arrays["maps/input"][0].sum(axis=1) > 0).all(), "it fills the image's height, as this set's digits do"
    assert "your drawing has no label, so there is no loss" in page.locator(".llv-maps-foot").inner_text()
    assert page.locator(".llv-maps-answer .llv-block-scale").inner_text() == "your drawing"
    page.keyboard.press("Delete")
    page.wait_for_function("window.sent.some(({ options }) => options.image === null)")
    for key in ["Enter", *["ArrowDown"] * 6, "Enter"]:
        page.locator(".llv-pad-board").press(key)
    page.wait_for_function("window.sent.some(({ options }) => options.image)")
    page.get_by_role("button", name="Done").click()
    assert page.locator(".llv-pad").count() == 0
    page.get_by_role("button", name="Test image 1", exact=False).first.click()
    follow(single, live)
    assert live.arrays("maps")["maps/chosen"][0] == 1


def test_after_a_rebuild_it_asks_again_for_what_was_looked_at(show: Show, live: LiveLab) -> None:
    single = show(live)
    page = single.page
    page.evaluate("window.api.description = { generation: 1 }")
    single.describe(None, live.constants)
    page.get_by_role("button", name="Test image 4").click()
    follow(single, live)
    page.evaluate("window.api.description = { generation: 2 }")
    single.describe(None, live.constants)
    assert [wish["sample"] for wish in follow(single, live)] == [3]


@pytest.mark.parametrize("width", [360, 900])
def test_nothing_is_objected_to_and_nothing_sticks_out(show: Show, live: LiveLab, width: int) -> None:
    single = show(live, size=(width, 540), dark=width < 500)
    click(single, 0, 1, 3, 3)
    follow(single, live)
    single.page.get_by_role("button", name="Draw your own").click()
    assert single.axe() == []
    sticking_out = "document.querySelector('.llv-maps').scrollWidth"
    assert single.page.evaluate(sticking_out) <= width
    single.page.get_by_role("button", name="Gradients").click()
    follow(single, live)
    assert "would raise this sample's loss" in single.page.locator(".llv-maps-foot").inner_text()
    assert single.page.evaluate(sticking_out) <= width


def test_drawing_a_frame_takes_a_few_milliseconds(show: Show) -> None:
    lenet = [
        {"kind": "conv2d", "channels": 16, "padding": "same"}, {"kind": "activation"}, {"kind": "max_pool"},
        {"kind": "conv2d", "channels": 32, "padding": "same"}, {"kind": "activation"}, {"kind": "flatten"},
        {"kind": "dense", "units": 64}, {"kind": "dense", "units": 10},
    ]  # fmt: skip
    live = LiveLab(lenet, updates=1)
    single = show(live)
    click(single, 3, 5, 2, 2)
    follow(single, live)
    taken = sorted(single.frames(live.arrays("maps"), 30))
    assert math.isfinite(taken[15]) and taken[15] <= 25, taken  # a busy machine: 3 ms where it is quiet
