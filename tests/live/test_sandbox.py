"""The kernel sandbox alone on a page: what it computes is what PyTorch computes, and it says how."""

from __future__ import annotations

import base64
import json
from typing import Any

import numpy as np
import pytest
import torch
from harness import Harness
from torch.nn import functional as F

from tests.axe import violations
from ui.sandbox.component import sandbox_data

pytestmark = pytest.mark.browser

PAGE = """<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Sandbox</title>
<meta name="viewport" content="width=device-width, initial-scale=1"><link rel="icon" href="data:,">
<link rel="stylesheet" href="./face.css"><style>
:root { --st-text-color: #1d2430; --st-background-color: #fff; }
.dark { --st-text-color: #e9edf4; --st-background-color: #12161d; --st-secondary-background-color: #1b212b; }
body { margin: 0; background: var(--st-background-color); }
</style></head><body><main><h1 style="position:absolute;clip-path:inset(50%)">Sandbox</h1><div id="host"></div></main>
<script type="module">import { open } from "./live/js/dev/sandbox.js";
await document.fonts.load('14px "Source Sans"');
window.close_ = open(document.getElementById("host"), DATA); window.ready = true;</script></body></html>"""
SANDBOX = "document.querySelector('.llk').sandbox"


@pytest.fixture
def page(tab: Any, harness: Harness) -> Any:
    page = tab(1200, 900)
    body = PAGE.replace("DATA", json.dumps(sandbox_data()))
    page.route(harness.url + "sandbox", lambda route: route.fulfill(body=body, content_type="text/html"))
    page.goto(harness.url + "sandbox")
    page.wait_for_function("window.ready && getComputedStyle(document.querySelector('.llk')).visibility === 'visible'")
    return page


def pixels(number: int) -> torch.Tensor:
    """An image as the network would get it, float64 (height, width)."""
    image = sandbox_data()["images"][number]
    flat = np.frombuffer(base64.b64decode(image["pixels"]), np.uint8).astype(np.float64) / 255
    return torch.from_numpy(flat.reshape(image["size"]))


def choose(page: Any, name: str, **sliding: int) -> None:
    page.get_by_label("Kernel", exact=True).select_option(name)
    for title, value in sliding.items():
        page.get_by_label(title.title()).fill(str(value))


def the_map(page: Any) -> np.ndarray:
    flat, shape = page.evaluate(f"[Array.from({SANDBOX}.out), {SANDBOX}.output]")
    return np.array(flat).reshape(shape)


def texts(page: Any, row: int) -> list[list[str]]:
    """What stands in one of the three tables: pixels, kernel, products."""
    found: list[list[str]] = (
        page.locator(".llv-grid")
        .nth(row)
        .evaluate("(table) => [...table.rows].map((row) => [...row.cells].map((cell) => cell.textContent))")
    )
    return found


CASES = [  # image, kernel, stride, padding, dilation
    (0, "identity", 1, 0, 1),
    (5, "sobel_x", 1, 1, 1),
    (5, "gaussian", 2, 3, 2),
    (6, "laplacian", 3, 0, 4),
    (1, "box", 4, 6, 3),
    (7, "emboss", 2, 1, 1),
]


def test_every_value_is_that_of_conv2d(page: Any) -> None:
    kernels = {row["name"]: row["rows"] for row in sandbox_data()["kernels"]}
    for image, name, stride, padding, dilation in CASES:
        page.locator(".llv-thumb").nth(image).click()
        choose(page, name, stride=stride, padding=padding, dilation=dilation)
        x = pixels(image)
        kernel = torch.tensor([[eval(cell) for cell in row] for row in kernels[name]], dtype=torch.float64)
        expected = F.conv2d(x[None, None], kernel[None, None], stride=stride, padding=padding, dilation=dilation)[0, 0]
        np.testing.assert_allclose(the_map(page), expected, rtol=1e-12, atol=1e-12)
        n, k = len(x), len(kernel)
        formula = f"⌊({n} + 2·{padding} − {dilation}·({k} − 1) − 1) / {stride}⌋ + 1 = {len(expected)}"
        assert formula in page.locator(".llk-formula").inner_text()
        # the table of the place under the kernel: its products add up to the value that it shows
        y, column = page.evaluate(f"{SANDBOX}.place")
        shown = float(page.locator(".llk-value output").inner_text().replace("−", "-"))
        assert shown == pytest.approx(float(expected[y, column]), abs=1e-5)
    assert "zeros on each side" in page.locator(".llk").inner_text()


def test_a_kernel_of_ones_own_and_what_is_none(page: Any) -> None:
    page.get_by_label("Size of the kernel").select_option("2")
    cells = page.locator(".llk-cell")
    assert cells.count() == 4
    for at, text in enumerate(("1/4", "−0,5", ".25", "2e-1")):
        cells.nth(at).fill(text)
    weight = torch.tensor([[0.25, -0.5], [0.25, 0.2]], dtype=torch.float64)
    np.testing.assert_allclose(the_map(page), F.conv2d(pixels(0)[None, None], weight[None, None])[0, 0], atol=1e-12)
    assert page.get_by_label("Kernel", exact=True).input_value() == ""
    before = the_map(page)
    for text, said in (("abc", "received “abc”"), ("", "received nothing"), ("1/0", "received “1/0”")):
        cells.nth(2).fill(text)
        assert (
            f"Kernel, row 2, column 1: expected a number such as 0.5, -1 or 1/9; {said}."
            in page.locator(".llk-problem").first.inner_text()
        )
        assert cells.nth(2).get_attribute("aria-invalid") == "true"
        np.testing.assert_array_equal(the_map(page), before)  # the last one stays
    cells.nth(2).fill("0.25")
    assert page.locator(".llk-problem:not(:empty)").count() == 0
    page.get_by_label("Stride").fill("9")
    assert "Stride: expected a whole number from 1 to 4; received “9”." in page.locator(".llk").inner_text()
    page.get_by_label("Stride").fill("1")
    page.get_by_label("Size of the kernel").select_option("7")
    assert page.locator(".llk-cell").nth(3 * 7 + 3).input_value() in ("1/4", "−0,5", ".25", "0.25", "2e-1")
    page.get_by_label("Dilation").fill("4")
    page.get_by_role("button", name="Draw", exact=True).click()  # 28 × 28: 25 pixels fit
    page.locator(".llk").get_by_role("button", name="Done").click()
    assert the_map(page).shape == (4, 4)


def test_the_kernel_slides_by_itself_by_keys_and_by_the_pointer(page: Any) -> None:
    choose(page, "sobel_y", padding=1)
    field = page.locator(".llv-window-field")
    place = f"{SANDBOX}.place.join(' ')"
    page.evaluate(f"{SANDBOX}.go([0, 0])")
    assert texts(page, 0)[0] == ["0", "0", "0"]
    assert "5 of the 9 pixels are zeros of the padding" in page.locator(".llk-value").inner_text()
    field.focus()
    for key in ("ArrowDown", "ArrowDown", "ArrowRight", "ArrowLeft", "ArrowLeft"):
        page.keyboard.press(key)
    assert page.evaluate(place) == "2 0"
    page.get_by_role("button", name="Slide").click()
    page.wait_for_function(f"{place} === '2 2'")
    page.get_by_role("button", name="Stop").click()
    box = field.bounding_box()
    page.mouse.move(box["x"] + 5, box["y"] + 5)
    page.mouse.down()
    page.mouse.move(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2, steps=3)
    page.mouse.up()
    y, x = page.evaluate(f"{SANDBOX}.place")
    assert (abs(y - 13) <= 1, abs(x - 13) <= 1) == (True, True)
    window = F.pad(pixels(0), (1, 1, 1, 1))[y : y + 3, x : x + 3]
    products = window * torch.tensor([[-1.0, -2, -1], [0, 0, 0], [1, 2, 1]])
    titles = page.locator(".llv-grid").nth(2).locator("td").evaluate_all("(all) => all.map((cell) => cell.title)")
    np.testing.assert_allclose(
        [float(text.replace("−", "-")) for text in titles], products.flatten(), rtol=1e-5, atol=1e-7
    )


def test_drawing_gives_an_image_and_a_window_that_does_not_fit_is_said(page: Any) -> None:
    page.get_by_role("button", name="Draw", exact=True).click()
    board = page.locator(".llv-pad-board").bounding_box()
    page.mouse.move(board["x"] + 40, board["y"] + 40)
    page.mouse.down()
    page.mouse.move(board["x"] + 150, board["y"] + 150, steps=4)
    page.mouse.up()
    page.wait_for_function(f"{SANDBOX}.image.some((value) => value > 0.9)")
    drawn = torch.tensor(page.evaluate(f"Array.from({SANDBOX}.image)"), dtype=torch.float64).reshape(28, 28)
    np.testing.assert_allclose(the_map(page), drawn[1:-1, 1:-1], atol=1e-12)  # the identity, without its border
    page.get_by_label("Size of the kernel").select_option("7")
    page.get_by_label("Dilation").fill("4")
    assert the_map(page).shape == (4, 4)
    small = f"{SANDBOX}.take(new Float64Array(64), [8, 8], 'Small')"
    page.evaluate(small)
    said = "The kernel spans 25 pixels, and with its padding the image has 8: take a smaller kernel or dilation"
    assert said in page.locator(".llk").inner_text()


@pytest.mark.parametrize(("width", "dark"), [(390, True), (1200, False)])
def test_nothing_sticks_out_and_axe_has_nothing_to_say(page: Any, width: int, dark: bool) -> None:
    page.evaluate("(dark) => document.body.classList.toggle('dark', dark)", dark)
    page.set_viewport_size({"width": width, "height": 900})
    page.evaluate(f"{SANDBOX}.theme()")
    choose(page, "gaussian", padding=2)
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert violations(page) == []
