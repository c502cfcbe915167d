"""The neuron: predicted, handled with the keyboard and the mouse, and what came of it; predictions outlive a reload."""

from __future__ import annotations

import io
from collections.abc import Callable
from contextlib import redirect_stdout

import pytest
from accessibility import violations
from learner import Learner

pytestmark = pytest.mark.browser
Visit = Callable[..., Learner]
LESSON = "document.querySelector('.lln')?.lesson"
DRAG = """async () => { const { lesson } = document.querySelector(".lln"); const taken = [];
  for (let k = 0; k < 60; k++) { const before = performance.now();
    lesson.shift([Math.sin(k / 6), Math.cos(k / 9)]); taken.push(performance.now() - before);
    await new Promise(requestAnimationFrame); }
  return taken.sort((a, b) => a - b)[56]; }"""  # the 95th percentile
# where the landscape puts the corners (3, 3) and (-3, -3) of the floor and the top of its box, in px; and its pixels
SOLID = """() => { const { solid } = document.querySelector(".lln").lesson, { canvas } = solid;
  const seen = solid.view(canvas.clientWidth, canvas.clientHeight);
  const pixels = canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height).data;
  return { far: seen([3, 3, 0]), near: seen([-3, -3, 0]), top: seen([3, 3, 1]),
    sum: pixels.reduce((total, value, k) => total + value * (k % 251), 0) }; }"""
PLACES = """() => { const { plane, at } = document.querySelector(".lln").lesson;
  const box = plane.drawing.getBoundingClientRect();
  return [[-1, 2], at].map(([x1, x2]) => [box.left + plane.xs.at(x1), box.top + plane.ys.at(x2)]); }"""  # on the screen


def test_a_neuron_by_hand(visit: Visit) -> None:
    learner = visit("/neuron?section=hand", lab=False)
    page = learner.page
    page.wait_for_function(f"{LESSON} && getComputedStyle(document.querySelector('.lln')).visibility === 'visible'")
    score = page.locator(".lln-score")
    assert "3 of 10 points wrong" in score.inner_text()
    # with the keyboard: the weights of a line that separates the clouds, then a bias
    for name, keys in (("Weight w₂", ["End"]), ("Weight w₁", ["End"]), ("Bias b", ["ArrowRight"])):
        page.get_by_role("slider", name=name, exact=True).focus()
        for key in keys:
            page.keyboard.press(key)
    assert "0 of 10 points wrong. All right" in score.inner_text()
    border = page.get_by_role("slider", name="The border")
    before = border.get_attribute("aria-valuetext")
    border.focus()
    page.keyboard.press("Shift+ArrowRight")
    assert border.get_attribute("aria-valuetext") != before
    # with the mouse: the line is taken wherever it is seen, and goes through where it is left
    ends, at = page.evaluate(PLACES)
    page.mouse.move(*at)
    page.mouse.down()
    page.mouse.move(*ends, steps=4)
    page.mouse.up()
    w1, w2, b = page.evaluate(f"[{LESSON}.w1, {LESSON}.w2, {LESSON}.b]")
    assert -w1 + 2 * w2 + b == pytest.approx(0, abs=0.35)
    # the landscape is turned with the keys, and follows the weights
    solid = page.get_by_role("slider", name="The output over the plane in 3-D")
    before = page.evaluate(SOLID)
    assert before["top"][1] < before["far"][1] and before["top"][0] == before["far"][0], "higher up is further up"
    assert before["near"][1] > before["far"][1], "what is nearer is further down"
    solid.focus()
    page.keyboard.press("ArrowRight")
    page.keyboard.press("ArrowUp")
    assert "turned by 60 degrees, seen from 33 degrees above" in (solid.get_attribute("aria-valuetext") or "")
    turned = page.evaluate(SOLID)
    assert turned["sum"] != before["sum"]
    page.evaluate(f"{LESSON}.set({{ b: {b} + 1 }})")
    assert page.evaluate(SOLID)["sum"] != turned["sum"]
    page.evaluate(f"{LESSON}.set({{ b: {b} }})")
    # the code gives the numbers that are shown
    page.get_by_role("button", name="Tanh", exact=True).click()
    page.get_by_text("The code", exact=True).click()
    program = page.locator(".lln-code").inner_text()
    with redirect_stdout(io.StringIO()) as told:
        exec(program, {})
    shown = [float(text.replace("−", "-")) for text in page.locator(".lln-sum strong").all_inner_texts()]
    lines = told.getvalue().replace(", a", ",\na").splitlines()
    assert [float(part.partition("=")[2].rstrip(",\n")) for part in lines] == shown
    assert page.evaluate(DRAG) < 100
    assert violations(learner, ".lln") == []
    # one corner of XOR stays wrong
    page.get_by_role("button", name="XOR", exact=True).click()
    assert "of 4 points wrong" in score.inner_text() and "0 of 4" not in score.inner_text()


def test_a_prediction_outlives_a_reload_and_can_be_cleared(visit: Visit) -> None:
    learner = visit("/neuron?section=rule")
    page = learner.page
    learner.predict("Let it run on two clouds", "It corrects itself for ever")
    page.get_by_role("radio", name="XOR").click()
    learner.until("live.store.description?.spec.data.name === 'xor' && live.store.frame")
    learner.play()
    learner.until("live.store.frame.epoch >= 20")
    learner.pause()
    assert learner.status == "paused", "it never ends by itself"
    assert min(value for value in learner.column("mistakes") if value == value) > 0
    page.get_by_role("button", name="Compare").click()
    page.get_by_text("every straight border leaves points on the wrong side").wait_for()
    page.get_by_text("1 of 1 right").wait_for()
    kept = "JSON.parse(localStorage.getItem('layerlab.predictions') ?? '{}')"
    page.wait_for_function(f"{kept}['neuron rule']?.join() === '2,true'")
    page.reload()
    learner.arrive()
    page.get_by_text("1 of 1 right").wait_for()
    page.get_by_text("Predict: Let it run on two clouds").click()
    page.get_by_text("every straight border leaves points on the wrong side").wait_for()
    page.get_by_role("button", name="Clear", exact=True).click()
    page.get_by_text("1 of 1 right").wait_for(state="detached")
    page.wait_for_function(f"Object.keys({kept}).length === 0")
    assert violations(learner) == [], "the rule, with its live view"
    page.reload()
    learner.arrive()
    page.get_by_text("What you saw, and why").wait_for()
    assert page.get_by_text("of 1 right").count() == 0
    page.get_by_role("radio", name="With a hidden layer").click()
    learner.until("live.store.description?.lab === 'supervised' && live.store.frame")
    learner.play()
    learner.finish()
    assert learner.live("live.store.frame.metrics.test_accuracy") > 0.9, "XOR falls"
    assert violations(learner) == []
