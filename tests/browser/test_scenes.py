"""The page of scenes in a real browser: boxes and pixels come from the very network that trains."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest
from learner import Learner

from dlcore.specs.detection import Detection
from dlcore.specs.segmentation import Segmentation
from ui.share import to_query

pytestmark = pytest.mark.browser
Visit = Callable[..., Learner]
SMALL = {"data.samples": 60, "network.channels": 2, "network.levels": 2}
SCENE = "document.querySelector('[data-view=scene]').panel.instance"


def test_a_learner_watches_boxes_and_pixels(visit: Visit) -> None:
    learner = visit("/scenes?" + to_query(Detection().replace(SMALL)))
    page = learner.page
    page.wait_for_selector(".llv-thumb")
    assert page.locator(".llv-thumb").count() == 12
    learner.play()
    learner.pass_updates(8)
    learner.pause()

    # what is judged on the screen is what was sent
    found = np.array(learner.array("scene/found")).reshape(12, -1, 7)
    page.locator(".llv-sure").fill("5")
    page.locator(".llv-thumb").nth(4).click()
    shown = page.locator(".llv-found tbody tr:not(.llv-missed)").count()
    assert shown == int(((found[4, :, 5] >= 0.05) & (found[4, :, 6] > 0)).sum())
    page.keyboard.press("ArrowRight")
    assert page.evaluate(f"{SCENE}.gallery.chosen") == 5

    # the other kind keeps its own experiment and run; Back leads to this one again
    detection = learner.run
    page.get_by_role("radio", name="Segmentation: pixels").click()
    page.get_by_role("heading", name="Colour the pixels").wait_for()
    learner.until("live.store.description?.spec.kind === 'segmentation' && live.store.frame")
    assert learner.run != detection
    page.wait_for_selector("canvas.llv-tile >> nth=3")
    learner.button("One update").click()
    learner.until("live.store.frame.step === 1")
    predicted = np.array(learner.array("scene/predicted")).reshape(12, 48 * 48)
    score = page.locator(".llv-thumb-score").first
    page.wait_for_function("document.querySelector('.llv-thumb-score').textContent !== ''")
    masks = np.array(learner.live("Array.from(live.store.constants.get('scene/masks').data)")).reshape(12, 48 * 48)
    each = []
    for kind in (1, 2, 3):
        either = (masks[0] == kind) | (predicted[0] == kind)
        if either.any():
            each.append(((masks[0] == kind) & (predicted[0] == kind)).sum() / either.sum())
    assert score.inner_text() == f"{np.mean(each):.2f}"
    page.go_back()
    page.get_by_role("heading", name="Find the figures").wait_for()
    learner.until("live.store.description?.spec.kind === 'detection'")
    assert learner.run == detection and learner.spec("data.samples") == 60


def test_a_link_opens_its_kind_and_everything_fits_a_projector(visit: Visit) -> None:
    learner = visit("/scenes?" + to_query(Segmentation().replace(SMALL)))
    page = learner.page
    page.get_by_role("heading", name="Colour the pixels").wait_for()
    page.wait_for_selector("canvas.llv-tile >> nth=3")
    for name in ("scene", "loss", "iou"):
        box = page.locator(f"[data-view={name}]").bounding_box()
        assert box is not None and box["y"] + box["height"] <= 720, name
    learner.tab("Network")
    assert page.get_by_text("parameters").first.is_visible()
