"""On the page of convolutions: the images behind the numbers, and the kernel sandbox."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from learner import Learner
from test_cnn import SMALL

from ui.share import to_query

pytestmark = pytest.mark.browser
Visit = Callable[..., Learner]


def test_images_lead_from_the_numbers_to_the_maps(visit: Visit) -> None:
    learner = visit("/cnn?" + to_query(SMALL.replace({"training.epochs": 2})))
    page = learner.page
    sandbox = page.locator(".llk")
    sandbox.wait_for()
    learner.play()
    learner.until("live.store.state.status === 'finished'")

    page.get_by_role("tab", name="What filters like").click()
    learner.until("live.store.frame.arrays.has('likes/patch')")
    page.get_by_text("Searched all 60 test images; a unit sees 3 × 3 pixels.").wait_for()
    page.get_by_role("group", name="Conv 1, filter 2").get_by_role("button").nth(1).click()
    sample = learner.array("likes/sample")[8 + 1]
    learner.until("live.store.frame.arrays.get('maps/chosen')?.data[1] === argument", sample)

    page.get_by_role("tab", name="Confusion").click()
    learner.until("live.store.frame.arrays.has('confusion/counts')")
    counts = learner.array("confusion/counts")
    cell = max(range(100), key=lambda number: counts[number])
    page.locator(".ll-cellbutton").nth(cell).click()
    learner.until("live.store.frame.arrays.get('confusion/sample')?.data.length === argument", counts[cell])
    assert page.locator(".ll-behind-images .llv-picture").count() == counts[cell]

    page.get_by_role("tab", name="Mistakes").click()
    learner.until("live.store.frame.arrays.has('mistakes/measured')")
    wrong = sum(counts) - sum(counts[11 * k] for k in range(10))
    assert learner.array("mistakes/measured") == [60, 60, wrong]
    sure = learner.array("mistakes/sure")
    assert sure == sorted(sure, reverse=True)

    sandbox.get_by_label("Kernel", exact=True).select_option("sobel_x")
    assert "⌊(28 + 2·0 − 1·(3 − 1) − 1) / 1⌋ + 1 = 26" in sandbox.inner_text()
