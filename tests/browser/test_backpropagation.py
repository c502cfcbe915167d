"""Backpropagation: predicted, followed with the keyboard, and changed number by number."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from accessibility import violations
from learner import Learner

pytestmark = pytest.mark.browser
Visit = Callable[..., Learner]
READY = "() => getComputedStyle(document.querySelector('.lbp') ?? document.body).visibility === 'visible'"
STEPS = "document.querySelector('.lbp').steps"


def arrive(learner: Learner) -> None:
    learner.page.wait_for_selector(".lbp")
    learner.page.wait_for_function(READY)
    learner.page.wait_for_function(f"() => {STEPS}.graph.cells.size > 0")


def number(learner: Learner, name: str) -> str:
    """What a number of the drawing says to somebody who cannot see it."""
    return str(learner.page.evaluate(f"(name) => {STEPS}.graph.cells.get(name).ariaLabel", name))


def test_the_worked_example(visit: Visit) -> None:
    learner = visit("/backpropagation?section=worked", lab=False)
    page = learner.page
    learner.predict("The answer will be", "All seven grow")
    arrive(learner)
    assert number(learner, "sum/1/0") == "a 3: not computed yet"
    learner.button("Next").click()
    for _ in range(6):
        page.keyboard.press("ArrowRight")
    assert number(learner, "loss") == "L: 0.0578" and number(learner, "sum/1/0") == "a 3: 1.16, gradient −0.34"
    assert "∂L" in page.get_by_role("region", name="This step").inner_text()
    page.keyboard.press("ArrowLeft")
    assert number(learner, "sum/1/0") == "a 3: 1.16"
    page.get_by_role("slider", name="Step").press("End")
    found = {name: number(learner, name).rpartition("becomes ")[2] for name in ("weight/1/0/0", "weight/1/0/1")}
    found |= {name: number(learner, name).rpartition("becomes ")[2] for name in ("weight/0/0/0", "bias/0/1")}
    assert list(found.values()) == ["0.4374", "0.4442", "0.5272", "−0.2864"]

    # a number opens with the keyboard alone, and takes one of the learner's own
    page.get_by_role("button", name="x: 2").focus()
    page.keyboard.press("ArrowRight")
    page.keyboard.press("Enter")
    opened = page.get_by_role("region", name="An opened number")
    assert "0.5 − 0.1 · (−0.272) = 0.5272" in opened.inner_text()
    assert violations(learner, ".lbp") == []
    page.evaluate(f"{STEPS}.openNode('weight/1/0/0')")
    field = opened.get_by_role("textbox")
    field.fill("a lot")
    field.press("Enter")
    opened.get_by_text("A number from −100000").wait_for()
    field.fill("-0.4")
    field.press("Enter")
    page.wait_for_function(f"() => {STEPS}.data.nodes['weight/1/0/0'].value === -0.4")
    assert number(learner, "weight/0/0/0").endswith("becomes 0.4024"), "unit 1 pulls down now, so its weight shrinks"
    learner.button("First weights").click()
    page.wait_for_function(f"() => {STEPS}.data.nodes['weight/1/0/0'].value === 0.4")
    learner.button("Take the new weights").click()
    page.get_by_text("L so far: 0.0578 → 0.01087").wait_for()
    assert number(learner, "weight/1/0/0") == "w 1 to 3: 0.4374" and page.get_by_text("0 / 17").is_visible()
    page.get_by_text("Every weight and bias beside both judges").click()
    assert page.get_by_role("row").count() == 8
    learner.button("Compare").click()
    page.get_by_text("Right. The answer is too small").wait_for()
    page.get_by_text("What you saw, and why").click()
    page.get_by_text("Backpropagation does not learn.").wait_for()


def test_the_learners_own_playground_network(visit: Visit) -> None:
    learner = visit("/backpropagation?section=own", lab=False, dark=True)
    page = learner.page
    arrive(learner)
    learner.choose("Where the network comes from", "My Playground network")
    page.get_by_role("link", name="Open the Playground").click()
    learner.arrive()
    for _ in range(2):
        learner.button("One epoch").click()
    learner.until("live.store.frame.step > 0 && live.store.state.status === 'paused' && live.store.frame.epoch === 2")
    weights = learner.array("network/weight/0")
    learner.go_to("backpropagation")
    page.get_by_role("radio", name="Your own network").click()
    arrive(learner)
    page.get_by_text("Your network after").wait_for()
    names = f"Object.keys({STEPS}.data.nodes).filter((name) => name.startsWith('weight/0/')).sort()"
    page.wait_for_function(f"(count) => {names}.length === count", arg=len(weights))
    found = page.evaluate(f"() => {names}.map((name) => {STEPS}.data.nodes[name].value)")
    assert found == weights
    largest = page.locator(".lbp-said output").inner_text()
    assert "−1" in largest or largest == "0", "1e-16 or so"
    assert violations(learner, ".lbp") == []
