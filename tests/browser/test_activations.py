"""The page on activation functions: predicted, dragged along both curves, raced, and one's own network looked at."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from accessibility import violations
from learner import Learner

pytestmark = pytest.mark.browser
Visit = Callable[..., Learner]
PAIR = "document.querySelector('.lla')?.pair"
DRAG = """async () => { const { pair } = document.querySelector(".lla"); const taken = [];
  for (let k = 0; k < 60; k++) { const before = performance.now();
    pair.values.point("z").go(4 * Math.sin(k / 6), 0); taken.push(performance.now() - before);
    await new Promise(requestAnimationFrame); }
  return taken.sort((a, b) => a - b)[56]; }"""  # the 95th percentile
SEEN = "{0} && getComputedStyle(document.querySelector('.lla')).visibility === 'visible' && {0}.values.xs"


def test_a_point_is_dragged_along_a_function_and_its_slope(visit: Visit) -> None:
    learner = visit("/activations", lab=False)
    page = learner.page
    page.wait_for_function(SEEN.format(PAIR))
    learner.predict("What is the steepest slope", "0.25")
    assert page.locator(".lla-table").inner_text().split()[6:] == (
        ["f(z)", "0.119", "0.269", "0.500", "0.731", "0.881", "f′(z)", "0.105", "0.197", "0.250", "0.197", "0.105"]
    )
    # the keyboard moves both points, and what is read follows
    value, slope = (
        page.get_by_role("slider", name=f"Sigmoid: {what}, a point to drag") for what in ("f of z", "slope")
    )
    value.press("Home")
    assert page.evaluate(f"{PAIR}.z") == -6
    assert slope.get_attribute("aria-valuetext") == "z −6.00, slope 0.00247"
    slope.press("Shift+ArrowRight")
    assert "f(z) = 0.00407,  f′(z) = 0.00405, saturated here" in page.locator(".lla-told").inner_text()
    # the mouse drags it
    left, top = page.evaluate(
        f"(() => {{ const g = {PAIR}.slopes; const b = g.drawing.getBoundingClientRect();"
        " return [b.left + g.xs.at(2), b.top + g.ys.at(0.5)]; })()"
    )
    page.mouse.move(left - 30, top)
    page.mouse.down()
    page.mouse.move(left, top, steps=3)
    page.mouse.up()
    assert page.evaluate(f"{PAIR}.z") == pytest.approx(2, abs=0.051)
    page.get_by_role("button", name="Compare").click()
    page.get_by_text("Right. f′(z) = σ(z)(1 − σ(z))").wait_for()
    page.get_by_role("radio", name="GELU").click()
    page.wait_for_function(f"{PAIR}.name === 'gelu'")
    page.get_by_label("show the other seven, pale").check()
    assert page.evaluate(DRAG) < 100
    assert violations(learner, ".lla") == []
    page.get_by_role("radio", name="Softmax").click()
    page.get_by_role("slider", name="Score of class A").press("ArrowUp")
    shares = page.evaluate("document.querySelector('.lla').shares.found.shares")
    assert sum(shares) == pytest.approx(1) and shares[0] > 0.644
    assert violations(learner, ".lla") == []


def test_gradients_vanish_in_front_of_the_learner_and_their_own_network_is_looked_at(visit: Visit) -> None:
    learner = visit("/playground")
    page = learner.page
    learner.button("One epoch").click()
    learner.until("live.store.frame.step > 0 && live.store.state.status === 'paused'")
    taken = learner.live("live.store.frame.step")
    page.get_by_text("Foundations", exact=True).click()
    page.get_by_text("Activation functions", exact=True).click()
    page.get_by_role("radio", name="Your network").click()
    page.wait_for_selector("[data-view=preactivations]")
    learner.arrive()
    assert learner.live("live.store.frame.step") == taken, "the very run, not another one"
    for _ in range(2):
        learner.button("One epoch").click()
    learner.until("live.store.frame.arrays.get('preactivations/counts/0') && live.store.frame.step > 0")
    page.wait_for_function(
        "document.querySelector('[data-view=preactivations] .ll-plot')?.data?.[2]?.y?.length === 321"
    )
    page.get_by_role("radio", name="Vanishing gradients").click()
    learner.until("live.store.description?.spec.kind === 'race' && live.store.frame && !live.bar.play.disabled")
    learner.button("One epoch").click()
    learner.until("live.store.frame.step > 0 && live.store.frame.arrays.get('layer_gradients/0')")
    sigmoid, relu = learner.array("layer_gradients/0"), learner.array("layer_gradients/1")
    assert sigmoid[0] < sigmoid[-1] / 500 and relu[0] > relu[-1] / 10
    page.get_by_text("What you saw, and why").click()
    page.get_by_text("From the last hidden layer to the first").wait_for()
