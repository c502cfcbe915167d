"""The page of convolutions as a student uses it: train, watch the maps change, take a value apart, draw a digit."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from accessibility import violations
from learner import Learner

from dlcore.specs.layered import Layered
from ui.share import to_query

pytestmark = pytest.mark.browser
Visit = Callable[..., Learner]
SMALL = Layered.parse(
    {
        "data": {"kind": "images", "name": "digits", "samples": 300},
        "layers": [
            {"kind": "conv2d", "channels": 6, "kernel": 3, "padding": "same"},
            {"kind": "activation"},
            {"kind": "max_pool"},
            {"kind": "flatten"},
            {"kind": "dense", "units": 10},
        ],
        "training": {"loss": "cross_entropy", "optimizer": "adam", "learning_rate": 0.01, "epochs": None},
    }
)


def test_maps_form_a_value_is_taken_apart_and_a_digit_is_drawn(visit: Visit) -> None:
    learner = visit("/cnn?" + to_query(SMALL))
    page = learner.page
    learner.until("live.store.frame.arrays.has('maps/map/0')")
    before = learner.array("maps/map/0")
    page.get_by_role("region", name="Feature maps").get_by_text("Conv 1", exact=True).wait_for()
    assert page.get_by_role("region", name="Filters").get_by_text("6 filters × 1 × 3 × 3").is_visible()
    panel = page.locator("[data-view=maps]").bounding_box()
    assert panel is not None and panel["y"] + panel["height"] <= 720, "a projector has all of it"
    learner.play()
    learner.pass_updates(30)
    assert learner.array("maps/map/0") != before, "the maps change while it trains"

    page.get_by_role("application", name="Conv 1: 6 maps of 8 × 8.").click(position={"x": 20, "y": 20})
    learner.until("live.store.frame.arrays.has('maps/exact_weight')")
    page.locator(".llv-unit-real").filter(has_text="0").wait_for()
    learner.pause()
    table = page.locator(".llv-unitpane .llv-grid").evaluate_all(
        "(grids) => grids.map((grid) => [...grid.querySelectorAll('td')].map((cell) => cell.title))"
    )
    patch, kernel, products = ([_number(text) for text in grid] for grid in table)
    bias = learner.array("maps/exact_bias")[0]
    real = page.evaluate("document.querySelector('.llv-unit-real').exact")
    assert sum(a * b for a, b in zip(patch, kernel, strict=True)) + bias == pytest.approx(real, abs=1e-4)
    assert sum(products) + bias == pytest.approx(real, abs=1e-4)
    assert page.evaluate("document.querySelector('.llv-unit-computed').exact") == pytest.approx(real, abs=1e-5)

    page.get_by_role("button", name="Draw your own").click()
    board = page.locator(".llv-pad-board").bounding_box()
    assert board is not None
    page.mouse.move(board["x"] + 90, board["y"] + 20)
    page.mouse.down()
    page.mouse.move(board["x"] + 100, board["y"] + 170, steps=10)
    page.mouse.up()
    learner.until("live.store.frame.arrays.get('maps/chosen').data[0] === 2")
    page.locator(".llv-maps-answer").get_by_text("your drawing").wait_for()
    assert max(learner.array("maps/input")) > 0.5
    assert violations(learner, ".ll-root") == []

    # a rebuilt network is shown the same drawing again, and a reload finds what was looked at
    page.get_by_role("button", name="Done").click()
    learner.live("live.send({ do: 'reset' })")
    learner.until("live.store.description.generation > 1")
    learner.until("live.store.frame?.arrays.get('maps/chosen')?.data[0] === 2")
    page.reload()
    learner.arrive()
    learner.until("live.store.frame.arrays.get('maps/chosen')?.data[0] === 2")
    page.locator(".llv-unit-title").filter(has_text="Conv 1").wait_for()
    page.get_by_role("button", name="Test image 2", exact=False).first.click()
    learner.until("live.store.frame.arrays.get('maps/chosen').data[0] === 1")


def _number(title: str) -> float:
    return 0.0 if title.startswith("outside") else float(title.replace("−", "-").replace(",", ""))
