"""The page on optimizers: predict, drop the balls elsewhere, watch them race, compare; by mouse and by keyboard."""

from __future__ import annotations

import re
from collections.abc import Callable

import numpy as np
import pytest
from accessibility import violations
from learner import Learner

from dlcore.training.surfaces import rosenbrock
from ui.lessons.optimizers_data import race
from ui.share import to_query

pytestmark = pytest.mark.browser
Visit = Callable[..., Learner]
RUN = "live.store.description.spec"
# how long the ring takes to follow the pointer, in ms, to the next picture of the screen
DRAG = """async ([x, y, times]) => {
  const field = document.querySelector(".llv-surface"), waits = [];
  const go = (type, at) => field.dispatchEvent(new PointerEvent(type, { clientX: at, clientY: y, pointerId: 1, bubbles: true, pointerType: "mouse" }));
  field.setPointerCapture = () => null;
  go("pointerdown", x);
  for (let k = 1; k <= times; k++) {
    const began = performance.now();
    go("pointermove", x + k);
    await new Promise(requestAnimationFrame);
    waits.push(performance.now() - began);
  }
  go("pointerup", x + times);
  return waits;
}"""  # noqa: E501
CONTOUR = """async () => {
  const script = performance.getEntriesByType("resource").find(({ name }) => name.endsWith("descent-surface.js")).name;
  const { contour, between } = await import(script);
  const grid = Float32Array.from({ length: 441 }, (_, k) => Math.hypot((k % 21) / 20 - 0.5, Math.floor(k / 21) / 20 - 0.5));
  const line = contour(grid, 21, 0.3);
  const radii = Array.from({ length: line.length / 2 }, (_, k) => Math.hypot(line[2 * k] - 0.5, line[2 * k + 1] - 0.5));
  return [radii.length, Math.min(...radii), Math.max(...radii), between(grid, 21, 0.9, 0.5)];
}"""  # noqa: E501


def test_eight_balls_race_from_where_they_are_dropped(visit: Visit) -> None:
    learner = visit("/optimizers")
    page = learner.page
    learner.predict("The valley is turned", "Only Adagrad, RMSprop, Adam and AdamW")
    page.locator(".llv-ball-row").nth(7).wait_for()
    assert [name.split("\n")[0] for name in page.locator(".llv-ball-row").all_inner_texts()][::6] == [
        "Gradient descent",
        "Adam",
    ]
    count, least, most, height = page.evaluate(CONTOUR)
    assert count > 60 and (least, most) == (pytest.approx(0.3, abs=2e-3),) * 2 and height == pytest.approx(0.4)

    # the ring follows the pointer in the browser; once dropped the race begins there, whoever wins
    box = page.locator(".llv-surface").bounding_box()
    assert box is not None
    generation = learner.generation
    waits = page.evaluate(DRAG, [box["x"] + box["width"] * 0.6, box["y"] + 60, 40])
    assert np.quantile(waits, 0.95) <= 100
    learner.until(f"{RUN}.start[0] > 0 && live.store.frame?.step >= 20")
    assert learner.generation == generation + 1 and learner.spec("start")[1] > 1
    trail = np.array(learner.array("descent/trail/2")).reshape(-1, 2)
    np.testing.assert_allclose(trail[0], learner.spec("start"), rtol=1e-5)
    page.get_by_role("button", name="Compare").click()
    page.get_by_text("know no axes: turned surface, turned way").wait_for()

    # by keyboard: another surface, the ring one step to the right
    learner.choose("Surface", "Rosenbrock")
    learner.until(f"{RUN}.surface.kind === 'rosenbrock' && live.store.frame")
    ring = page.get_by_role("button", name="Start of the balls")
    ring.focus()
    page.keyboard.press("ArrowRight")
    page.keyboard.press("Enter")
    learner.until(f"{RUN}.start[0] === -1.45 && live.store.frame?.step >= 5")
    learner.pause()
    x, y = np.array(learner.array("descent/weight/0")).reshape(-1, 2)[6]
    assert learner.live("live.store.frame.metrics['6/height']") == pytest.approx(rosenbrock(x, y), rel=1e-3)
    assert violations(learner) == []


def test_a_learning_rate_beyond_the_border_diverges_and_the_others_go_on(visit: Visit) -> None:
    learner = visit("/optimizers?section=valley")
    page = learner.page
    slider = page.get_by_role("slider", name="Step size")
    slider.focus()
    page.keyboard.press("End")
    page.get_by_text("diverges").first.wait_for()
    learner.until("live.store.state.changes.racers?.[0].learning_rate === 0.16")
    learner.play()
    learner.until("live.store.state.status === 'finished' || live.store.frame.step > 30")
    row = page.locator(".llv-ball-row").first
    row.get_by_text("diverged, step").wait_for()
    step = int(row.inner_text().split()[-1])
    assert step == np.ceil(np.log(1000 / 1.5) / np.log(3)), "each step multiplies the distance across by 1 - 4 = -3"
    learner.pass_updates(5)
    assert learner.array("descent/lost")[0] == step and set(learner.array("descent/lost")[2:]) == {-1}
    page.get_by_text("What you saw, and why").click()
    page.get_by_text("an oscillator with friction").wait_for()


def test_all_optimizers_and_all_batches_race_on_real_data_against_the_clock(visit: Visit) -> None:
    learner = visit("/optimizers?section=data&" + to_query(race(updates=200)), height=1000)
    page = learner.page
    learner.predict("Every optimizer gets", "Within a few per cent of one another")
    learner.play()
    learner.finish()
    page.get_by_role("button", name="Compare").click()
    page.get_by_text("Right. With a rate that suits it").wait_for()
    metrics = learner.live("live.store.frame.metrics")
    assert min(metrics[f"{number}/test_accuracy"] for number in range(8)) > 0.9
    columns = page.locator("[data-view=standings] thead th").all_inner_texts()
    adam = page.locator("[data-view=standings] tbody tr").nth(6)
    shown = dict(zip(columns, adam.locator("th, td").all_inner_texts(), strict=True))
    assert shown["Updates to 95\N{NO-BREAK SPACE}%"] == f"{metrics['6/goal_updates']:,.0f}"
    page.wait_for_function(  # numbers that change are shown four times a second
        "([row, text]) => row.textContent.includes(text)",
        arg=[adam.element_handle(), f"{metrics['6/test_accuracy']:.3f}"],
    )
    seconds = learner.column("6/seconds")
    assert seconds == sorted(seconds) and seconds[-1] == metrics["6/seconds"] > metrics["6/goal_seconds"]
    drawn = "document.querySelector('[data-view=loss_by_second] .ll-plot')?.data"
    page.wait_for_function(f"(last) => {drawn}?.[6].x?.at(-1) === last", arg=metrics["6/seconds"])

    # another goal asks what was reached before: nothing is trained again
    generation = learner.generation
    page.get_by_role("slider", name="Test accuracy to reach").focus()
    for _ in range(5):
        page.keyboard.press("ArrowLeft")
    page.locator("[data-view=standings] thead").get_by_text("Updates to 90 %").wait_for()
    learner.until("live.store.frame.metrics['6/goal_updates'] <= argument", metrics["6/goal_updates"])
    assert learner.generation == generation
    page.get_by_text("What you saw, and why").click()
    page.get_by_text("Updates are not seconds").wait_for()
    assert violations(learner) == []

    page.get_by_role("radio", name="Mini-batch noise").focus()
    page.keyboard.press("Space")
    learner.until("live.store.description?.spec.variants.length === 4 && live.store.frame")
    learner.play()
    learner.pass_updates(150)
    learner.pause()
    metrics = learner.live("live.store.frame.metrics")
    assert metrics["0/noise"] > 2 * metrics["2/noise"] > 0 and metrics["0/epoch_seconds"] > metrics["2/epoch_seconds"]
    assert metrics["3/epoch"] == metrics["3/updates"] == learner.update


def test_the_surface_of_a_real_network_is_measured_and_walked_along_by_keyboard(visit: Visit) -> None:
    learner = visit("/optimizers?section=landscape", lab=False)
    page = learner.page
    learner.predict("The weights of the moons", "Well over half")
    page.get_by_role("button", name="Measure").click()
    planes = page.locator(".llq-plane")
    planes.nth(1).wait_for()
    slider = page.get_by_role("slider", name="Place on the way")
    slider.focus()
    page.keyboard.press("Home")
    first = page.evaluate("document.querySelector('.llq').lesson.props.losses[0]")
    assert 0.5 < first < 1.5, "before the first update the network knows nothing of two classes"
    assert slider.get_attribute("aria-valuetext") == f"after update 0: loss {first:.3f}"
    page.keyboard.press("End")
    # the plane goes through the end: there both losses are the same
    said = planes.nth(1).locator(".llg-readout").inner_text()
    assert said.split("loss ")[1].split(".  ")[0].split(". ")[0] == said.split("own: ")[1].rstrip(".")
    page.get_by_role("button", name="Compare").click()
    page.get_by_text("A large share is no proof").wait_for()
    assert violations(learner) == []


def test_a_rate_is_found_read_by_keyboard_and_tried(visit: Visit) -> None:
    learner = visit("/optimizers?section=finder", lab=False)
    page = learner.page
    learner.predict("From 0.00001 on", "It stays, falls, and then shoots up")
    learner.button("Measure").click()
    lines = "document.querySelector('.llq')?.lesson"
    page.wait_for_function(f"{lines}?.graph.element.isConnected")
    place = page.get_by_role("slider", name="Learning rate", exact=True)
    place.press("Home")
    rate, loss = said_numbers(place.get_attribute("aria-valuetext"))
    assert rate == 1e-5
    learner.button("Try them").click()
    page.get_by_role("cell", name="a tenth of the steepest").wait_for()
    cells = [row.inner_text().split("\t") for row in page.locator("table:has-text('learning rate') tr").all()[1:]]
    assert len(cells) >= 3 and all(float(rate) > 0 for _, rate, _ in cells)
    after = {why.strip(): float(reached) for why, _, reached in cells if reached != "diverged"}
    assert after["steepest"] < 0.5 * loss, "its advice is worth something"
    learner.button("Compare").click()
    page.get_by_text("For a valley of curvature").wait_for()
    page.get_by_text("What you saw, and why").click()
    page.get_by_text("Rules of thumb").wait_for()
    assert violations(learner) == []


def said_numbers(text: str | None) -> list[float]:
    """The numbers of a sentence."""
    return [float(number) for number in re.findall(r"[\d.]+(?:e-?\d+)?", (text or "").replace("−", "-"))]


def test_schedules_are_seen_beforehand_and_raced(visit: Visit) -> None:
    learner = visit("/optimizers?section=schedules", height=1000)
    page = learner.page
    learner.predict("How diabetes goes on", "Step and cosine")
    preview = page.locator(".llq")
    assert preview.get_attribute("aria-label") == "The learning rate over the epochs, before anything trains"
    lines = "document.querySelector('.llq').lesson.graph.rows.lines"
    shown = page.evaluate(f"{lines}.map(({{ title, ys }}) => [title, ys[0], ys.at(-1)])")
    learner.play()
    learner.finish()
    metrics = learner.live("live.store.frame.metrics")
    assert max(metrics["1/train_loss"], metrics["2/train_loss"]) < metrics["0/train_loss"]
    assert [name for name, *_ in shown] == ["Constant", "Step", "Cosine", "Warm-up"]
    ends = [last / shown[0][1] for *_, last in shown]
    assert ends == pytest.approx([1, 0.5**3, 0, 1], abs=0.01), "as shares of the rate"
    assert shown[3][1] < 0.01 * shown[0][1], "warm-up begins with next to nothing"
    learner.button("Compare").click()
    page.get_by_text("Near a minimum large steps do not land in it").wait_for()
    assert violations(learner) == []
