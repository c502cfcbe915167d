"""Views that show test images: what filters like, mistakes, recall, and the images behind the confusion matrix."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
from harness import Harness
from single_view import Arrays, SingleView

pytestmark = pytest.mark.browser
Alone = Callable[..., SingleView]
CLASSES = ["zero", "one", "two"]
RNG = np.random.default_rng(0)


@pytest.fixture
def alone(tab: Any, harness: Harness) -> Alone:

    def open_view(view: dict[str, Any], size: tuple[int, int] = (900, 400), dark: bool = False) -> SingleView:
        shown = SingleView(tab(size[0], size[1] + 60), harness.url, view, size, dark)
        shown.describe()
        return shown

    return open_view


def view(name: str, kind: str, **options: Any) -> dict[str, Any]:
    return {"name": name, "kind": kind, "title": name.title(), "options": {"classes": CLASSES, **options}}


def whole(*numbers: Any) -> np.ndarray:
    return np.array(numbers, dtype=np.int32)


def likes_arrays(layer: int = 0, filters: int = 2, top: int = 3) -> Arrays:
    samples = np.arange(filters * top, dtype=np.int32).reshape(filters, top) + 40
    place = np.tile(whole(1, 2, 0, 0, 5, 5), (filters, top, 1))
    place[0, 0] = (0, 4, 1, 0, 4, 3)  # sees one row above the image and two columns beyond its right border
    return {
        "likes/layer": whole(layer),
        "likes/searched": whole(48, 200),
        "likes/patch": RNG.integers(1, 256, (filters, top, 1, 5, 5)).astype(np.uint8),
        "likes/place": np.ascontiguousarray(place),
        "likes/value": -np.sort(-RNG.random((filters, top))).astype(np.float32),
        "likes/sample": samples,
        "likes/target": samples % 3,
    }


def layer(name: str, filters: int) -> dict[str, Any]:
    return {"name": name, "title": name.title(), "filters": filters, "field": [5, 5]}


def test_patches_show_what_they_are_and_lead_to_their_image(alone: Alone) -> None:
    shown = alone(view("likes", "patches", layers=[layer("conv1", 2), layer("conv2", 4)]))
    arrays = likes_arrays()
    shown.frame(arrays)
    page = shown.page
    assert "Searched 48 of 200 test images; a unit sees 5 × 5 pixels." in page.locator("#host").inner_text()
    pictures = page.locator(".llv-picture")
    assert pictures.count() == 6
    value = f"{arrays['likes/value'][0, 1]:.3f}"
    said = pictures.nth(1).get_attribute("aria-label")
    assert said == f"Filter 1: {value} for test image 42 (two), at row 2, column 3 of the map"
    # 44 pixels make room for 5 × 5 of 8 each: a pixel of the image, and one beyond the border
    byte = int(arrays["likes/patch"][0, 0, 0, 3, 1])
    assert shown.pixel(".llv-picture canvas", 12, 28) == (byte, byte, byte)
    assert (
        page.evaluate(
            "document.querySelector('.llv-picture canvas').getContext('2d').getImageData(36, 28, 1, 1).data[3]"
        )
        == 0
    )
    pictures.nth(0).focus()
    page.keyboard.press("ArrowRight")
    page.keyboard.press("Enter")
    assert shown.said("sent")[-1] == {"do": "look", "options": {"part": "test", "sample": 41, "image": None}}
    assert shown.said("spoken") == ["Test image 42 goes through the network now: see its feature maps."]
    shown.frame(arrays)
    assert pictures.nth(1).get_attribute("aria-pressed") == "true"

    page.get_by_label("Layer whose filters are asked").select_option("conv2")
    page.get_by_role("button", name="All images").click()
    assert [row["options"] for row in shown.said("sent")[-2:]] == [{"likes": "conv2"}, {"thorough": True}]
    shown.describe()  # the network was built anew: it is told again
    assert shown.said("sent")[-1]["options"] == {"likes": "conv2", "thorough": True}
    lost = {"likes/layer": whole(1), "likes/searched": whole(200, 200)}
    shown.frame(lost)
    assert "left the numbers" in page.locator("#host").inner_text() and pictures.count() == 0
    assert shown.axe() == []


def test_mistakes_are_sorted_by_who_was_surest(alone: Alone) -> None:
    shown = alone(view("mistakes", "mistakes", probability=True), dark=True)
    arrays = {
        "mistakes/measured": whole(48, 200, 5),
        "mistakes/image": RNG.integers(0, 256, (2, 3, 8, 8)).astype(np.uint8),
        "mistakes/sample": whole(7, 3),
        "mistakes/true": whole(0, 2),
        "mistakes/predicted": whole(1, 0),
        "mistakes/sure": np.array([0.984, 0.51], np.float32),
    }
    shown.frame(arrays)
    text = shown.page.locator("#host").inner_text()
    assert (
        "5 wrong, of which the 2 surest are shown. Measured on 48 of 200 test images; on all when training ends."
        in text
    )
    assert shown.page.locator(".llv-picture").all_inner_texts() == ["zero → one\n98 %", "two → zero\n51 %"]
    red, green, blue = arrays["mistakes/image"][0, :, 2, 5].tolist()
    assert shown.pixel(".llv-picture canvas", 5 * 8 + 4, 2 * 8 + 4) == (red, green, blue)
    shown.page.locator(".llv-picture").nth(1).click()
    assert shown.said("sent")[-1]["options"]["sample"] == 3
    assert shown.axe() == []
    shown.frame(
        arrays
        | {"mistakes/measured": whole(200, 200, 0), "mistakes/image": np.zeros((0, 1, 1, 1), np.uint8)}
        | {f"mistakes/{name}": whole() for name in ("sample", "true", "predicted")}
        | {"mistakes/sure": np.zeros(0, np.float32)}
    )
    assert "0 wrong. All 200 test images." in shown.page.locator("#host").inner_text()
    assert shown.page.locator(".llv-picture").count() == 0


def test_recall_says_share_and_counts(alone: Alone) -> None:
    shown = alone(view("class_accuracy", "recall"))
    shown.frame({"class_accuracy/measured": whole(40, 40), "class_accuracy/counts": whole([9, 0, 0], [10, 3, 0])})
    assert shown.page.locator(".llv-class-bars .llv-bar-value").all_inner_texts() == [
        "90 %, 9 of 10",
        "0 %, 0 of 3",
        "none measured",
    ]
    widths = shown.page.locator(".llv-bar-fill").evaluate_all("(all) => all.map((bar) => bar.style.width)")
    assert widths == ["90%", "0%", "0px"]
    assert "All 40 test samples." in shown.page.locator("#host").inner_text()
    assert shown.axe() == []


def test_a_cell_of_the_matrix_leads_to_its_images(alone: Alone) -> None:
    shown = alone(view("confusion", "confusion", images=True, probability=True), size=(1000, 400))
    counts = whole([5, 1, 0], [0, 6, 0], [2, 0, 4])
    base = {"confusion/counts": counts, "confusion/measured": whole(18, 60)}
    shown.frame(base)
    page = shown.page
    cells = page.locator(".ll-cellbutton")
    assert cells.all_inner_texts() == [str(n) for n in counts.ravel()]
    assert cells.nth(6).get_attribute("aria-label") == "true two, predicted zero: 2"
    cells.nth(0).focus()
    for key in ("ArrowDown", "ArrowDown", "Enter"):
        page.keyboard.press(key)
    assert shown.said("sent")[-1] == {"do": "look", "options": {"cell": [2, 0]}}
    behind = {
        "confusion/cell": whole(2, 0),
        "confusion/image": RNG.integers(0, 256, (2, 1, 4, 4)).astype(np.uint8),
        "confusion/sample": whole(11, 5),
        "confusion/true": whole(2, 2),
        "confusion/predicted": whole(0, 0),
        "confusion/sure": np.array([0.9, 0.6], np.float32),
    }
    shown.frame(base | behind)
    text = page.locator("#host").inner_text()
    assert "two taken for zero: 2" in text and "Measured on 18 of 60 test images" in text
    assert page.locator(".llv-picture").all_inner_texts() == ["90 %", "60 %"]
    page.locator(".llv-picture").nth(0).click()
    assert shown.said("sent")[-1]["options"] == {"part": "test", "sample": 11, "image": None}
    assert shown.axe() == []
    cells.nth(6).click()  # the same cell again lets it go
    assert shown.said("sent")[-1]["options"] == {"cell": None}
    shown.frame(base)
    assert page.locator(".llv-pictures").is_hidden()
    page.evaluate("window.refuse = 'No such cell.'")
    cells.nth(1).click()
    page.wait_for_function("document.querySelector('#host').innerText.includes('No such cell.')")
