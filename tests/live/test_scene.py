"""Scenes in the browser: what is judged there is what the lab says, and every control does what it says."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
import torch
from harness import Harness
from single_view import Arrays, SingleView

from datasets.scenes import KINDS, make_scenes
from dlcore.explain.average_precision import box_scores
from dlcore.explain.pixel_scores import pixel_counts, pixel_scores
from dlcore.networks.boxes import Found, intersection_over_union, suppress

pytestmark = pytest.mark.browser
Module = Callable[..., Any]
COUNT = 5
SCENES = make_scenes(samples=COUNT, noise=0.05, seed=4)
CONSTANTS: Arrays = {
    "scene/images": np.round(255 * SCENES.images).astype(np.uint8),
    "scene/boxes": SCENES.boxes,
    "scene/kinds": SCENES.kinds.astype(np.int32),
    "scene/masks": SCENES.masks,
}


def view(task: str) -> dict[str, Any]:
    options = {"task": task, "side": 48, "classes": list(KINDS), "grid": 6, "sure": 0.5}
    return {"name": "scene", "kind": "scene", "title": "Test scenes", "options": options}


def found() -> Found:
    """True boxes moved a little, some of another class, and beside each a less sure one."""
    rng = torch.Generator().manual_seed(0)
    boxes, kinds = torch.from_numpy(SCENES.boxes), torch.from_numpy(SCENES.kinds)
    there = kinds >= 0
    moved = boxes + 2 * torch.randn(boxes.shape, generator=rng)
    again = moved + 1.0
    certainty = torch.where(there, 0.3 + 0.65 * torch.rand(kinds.shape, generator=rng), 0.02)
    wrong = (kinds.clamp_min(0) + (torch.rand(kinds.shape, generator=rng) < 0.2)) % 3
    columns = (
        torch.cat([moved, again], dim=1),
        torch.cat([certainty, 0.9 * certainty], dim=1),
        torch.cat([wrong] * 2, dim=1),
    )
    order = columns[1].argsort(dim=1, descending=True)
    boxes = columns[0].gather(1, order[..., None].expand(-1, -1, 4))
    return Found(boxes, columns[1].gather(1, order), columns[2].gather(1, order), suppress(boxes))


def detected() -> Arrays:
    one = found()
    rows = torch.cat([one.boxes, one.kinds[..., None], one.certainty[..., None], one.kept[..., None]], dim=2)
    cells = np.zeros((COUNT, 6, 6), dtype=np.uint8)
    cells[:, 2, 3] = 200
    return {"scene/found": rows.numpy().astype(np.float32), "scene/cells": cells}


def coloured(wrong: float = 0.1) -> Arrays:
    rng = np.random.default_rng(1)
    predicted = np.where(rng.random(SCENES.masks.shape) < wrong, rng.integers(0, 4, SCENES.masks.shape), SCENES.masks)
    certainty = rng.integers(64, 256, SCENES.masks.shape)
    return {"scene/predicted": predicted.astype(np.uint8), "scene/certainty": certainty.astype(np.uint8)}


@pytest.fixture
def opened(tab: Any, harness: Harness) -> Callable[..., SingleView]:

    def go(task: str, size: tuple[int, int] = (860, 310), dark: bool = False) -> SingleView:
        shown = SingleView(tab(), harness.url, view(task), size, dark)
        shown.describe(constants=CONSTANTS)
        shown.frame(detected() if task == "detection" else coloured())
        return shown

    return go


def scores(shown: SingleView) -> list[str]:
    texts: list[str] = shown.page.locator(".llv-thumb-score").all_inner_texts()
    return texts


def test_overlaps_are_those_of_the_lab(module: Module) -> None:
    boxes = found().boxes[0]
    ours = [[module("scene-boxes.js", "m.overlap(a[0], a[1])", [a, b]) for b in boxes.tolist()] for a in boxes.tolist()]
    assert np.allclose(ours, intersection_over_union(boxes[:, None], boxes[None]), atol=1e-6)


def test_every_scene_is_judged_as_the_lab_judges_it(opened: Callable[..., SingleView]) -> None:
    shown = opened("detection")
    boxes, kinds = torch.from_numpy(SCENES.boxes), torch.from_numpy(SCENES.kinds)
    each = [
        box_scores(Found(*(part[k : k + 1] for part in found())), boxes[k : k + 1], kinds[k : k + 1], 3)["iou"]
        for k in range(COUNT)
    ]
    assert scores(shown) == [f"{value:.2f}" for value in each]
    coloured_in = opened("segmentation")
    predicted = torch.from_numpy(coloured()["scene/predicted"])
    masks = torch.from_numpy(SCENES.masks)
    each = [pixel_scores(pixel_counts(predicted[k], masks[k], 4))["iou"] for k in range(COUNT)]
    assert scores(coloured_in) == [f"{value:.2f}" for value in each]


def test_the_slider_shows_more_or_less(opened: Callable[..., SingleView]) -> None:
    shown = opened("detection")
    page, one = shown.page, found()

    def rows() -> int:
        return int(page.locator(".llv-found tbody tr:not(.llv-missed)").count())

    for percent in (50, 5, 95):
        page.locator(".llv-sure").fill(str(percent))
        assert rows() == int((one.kept[0] & (one.certainty[0] >= percent / 100)).sum())
        assert page.locator(".llv-sure-text").inner_text() == f"{percent} %"
    missed = page.locator(".llv-missed").count()
    assert missed == int((torch.from_numpy(SCENES.kinds[0]) >= 0).sum())  # nothing is so sure
    page.get_by_role("button", name="Suppressed").click()
    assert page.get_by_role("button", name="Suppressed").get_attribute("aria-pressed") == "true"


def test_keys_and_buttons_choose_another_scene(opened: Callable[..., SingleView]) -> None:
    page = opened("segmentation").page

    def chosen() -> int:
        states = page.get_by_role("radio").evaluate_all("all => all.map((each) => each.ariaChecked)")
        assert states.count("true") == 1
        return int(states.index("true"))

    page.get_by_role("radio").first.focus()
    for key, expected in (
        ("ArrowRight", 1),
        ("ArrowRight", 2),
        ("End", 4),
        ("ArrowRight", 0),
        ("ArrowLeft", 4),
        ("Home", 0),
    ):
        page.keyboard.press(key)
        assert chosen() == expected
        assert page.evaluate("document.activeElement.getAttribute('aria-checked')") == "true"
    page.get_by_role("button", name="Next scene").click()
    page.get_by_role("radio").nth(3).click()
    assert chosen() == 3
    page.get_by_role("button", name="Previous scene").click()
    assert chosen() == 2
    assert page.get_by_role("radio").nth(2).get_attribute("aria-label").startswith("Scene 3 of 5: mean IoU ")


def test_tiles_show_the_pixels(opened: Callable[..., SingleView]) -> None:
    shown = opened("segmentation")
    side = float(shown.page.locator(".llv-tile").first.evaluate("canvas => canvas.clientWidth")) / 48
    predicted = coloured()["scene/predicted"]
    shown.page.get_by_role("radio").nth(1).click()
    colours = shown.page.evaluate("[window.api.palette.zero, ...window.api.palette.classes.slice(0, 3)]")
    for row, column in ((3, 5), *np.argwhere(SCENES.masks[1] > 0)[::40].tolist()):
        place = (column + 0.5) * side, (row + 0.5) * side
        grey = CONSTANTS["scene/images"][1, 0, row, column]
        assert shown.pixel(".llv-tilebox:nth-child(1) canvas", *place) == (grey,) * 3
        for tile, classes in ((2, SCENES.masks), (3, predicted)):
            colour = colours[classes[1, row, column]].lstrip("#")
            expected = tuple(int(colour[i : i + 2], 16) for i in (0, 2, 4))
            assert shown.pixel(f".llv-tilebox:nth-child({tile}) canvas", *place) == expected
        wrong = shown.pixel(".llv-tilebox:nth-child(4) canvas", *place) != (grey >> 1,) * 3
        assert wrong == (SCENES.masks[1, row, column] != predicted[1, row, column])


@pytest.mark.parametrize("task", ["detection", "segmentation"])
@pytest.mark.parametrize("size", [(860, 310), (360, 320)])
def test_it_fits_and_can_be_read_by_everybody(
    opened: Callable[..., SingleView], task: str, size: tuple[int, int]
) -> None:
    shown = opened(task, size, dark=size[0] > 400)
    box = shown.page.locator(".llv-scene").bounding_box()
    for part in (".llv-tile", ".llv-gallery", ".llv-scene-legend"):
        for found_box in [each.bounding_box() for each in shown.page.locator(part).all()]:
            assert found_box["x"] >= box["x"] - 1 and found_box["x"] + found_box["width"] <= box["x"] + box["width"] + 1
            assert found_box["y"] + found_box["height"] <= box["y"] + box["height"] + 1, part
    captions = shown.page.locator(".llv-tilebox figcaption")
    assert captions.evaluate_all("(all) => all.filter((one) => one.scrollWidth > one.clientWidth).length") == 0
    assert shown.axe() == []


def test_before_a_frame_the_scenes_are_there_without_an_answer(tab: Any, harness: Harness) -> None:
    page = tab()
    shown = SingleView(page, harness.url, view("detection"), (860, 310))
    shown.describe(constants=CONSTANTS)
    assert page.locator(".llv-thumb").count() == COUNT and set(scores(shown)) == {""}
    shown.frame(detected())
    assert "" not in scores(shown)
    shown.describe(constants=CONSTANTS)  # after a rebuild the old answer is not shown for the new network's
    assert set(scores(shown)) == {""}


def test_a_frame_costs_little(opened: Callable[..., SingleView]) -> None:
    for task, arrays in (("detection", detected()), ("segmentation", coloured())):
        taken = opened(task).frames(arrays, 20)
        assert sorted(taken)[len(taken) // 2] < 30, task
