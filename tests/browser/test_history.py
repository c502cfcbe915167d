"""A history that runs: units wired by hand in 1943, and the network of 1986 that learns what one unit cannot."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from accessibility import violations
from learner import Learner

pytestmark = pytest.mark.browser
Visit = Callable[..., Learner]


def test_wired_by_hand_in_1943_and_learned_in_1986(visit: Visit) -> None:
    learner = visit("/history", lab=False)
    page = learner.page
    said = page.locator(".llt-said")
    said.get_by_text("3 of 4 rows right").wait_for()
    for label, value in (("x₁ to y", "1"), ("x₂ to y", "1"), ("Threshold of y", "2")):
        page.get_by_label(label, exact=True).select_option(value)
    assert said.inner_text() == "All four rows are right: this computes x₁ AND x₂."
    page.get_by_role("button", name="x₁ XOR x₂").click()
    assert "2 of 4 rows right" in said.inner_text()
    page.get_by_role("button", name="Show one way").click()
    assert "All four rows are right" in said.inner_text()
    page.get_by_role("button", name="Show x₁ 1, x₂ 0: right").focus()
    page.keyboard.press("Enter")
    drawing = page.locator(".llt-picture svg")
    assert drawing.get_attribute("aria-label") == "Inputs 1 and 0: h₁ fires, h₂ is silent, y fires."
    assert violations(learner, ".llt") == []

    page.get_by_role("radio", name="1986 Backpropagation").click()
    learner.until("live.store.description?.spec.training.loss === 'mse' && live.store.frame")
    page.locator(".llv-unit").first.wait_for()
    assert page.locator(".llv-head button").count() == 0, "nobody would listen to what adds layers and units"
    learner.predict("With four hidden units", "It nearly always gets there")
    learner.play()
    learner.finish()
    assert learner.live("live.store.frame.metrics.test_accuracy") > 0.9
    learner.button("Compare").click()
    page.get_by_text("Right. Each hidden unit gets a hint of its own").wait_for()
    page.get_by_text("What you saw, and why").click()
    page.get_by_text("Nature 323, 1986").wait_for()
    assert "section=1986" in page.url
    assert violations(learner) == [], "a year with its live view"
    page.get_by_role("link", name="Next: 1998, LeNet").click()
    learner.until("live.store.description?.lab === 'layered' && live.store.frame")
    assert "section=1998" in page.url
