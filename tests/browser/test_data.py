"""Other data than points made on the plane: drawn by hand, and measured in the world."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from learner import Learner

pytestmark = pytest.mark.browser
Visit = Callable[..., Learner]
PLACE = """(([x1, x2]) => { const plane = live.panels.get("output").instance;
  const box = plane.field.getBoundingClientRect(); const [x, y] = plane.box.to(x1, x2);
  return [box.left + x, box.top + y]; })(argument)"""


@pytest.fixture(scope="module")
def penguins(stay: Callable[[str], Learner]) -> Learner:
    return stay("/playground?example=penguins")


def points(learner: Learner) -> list[tuple[float, float, int]]:
    """The drawn points of the experiment that the run carries out."""
    return [(point["x1"], point["x2"], point["label"]) for point in learner.spec("data.points")]


def test_points_drawn_by_hand_are_learned(visit: Visit) -> None:
    learner = visit()
    page = learner.page
    learner.page.get_by_role("radio", name="Drawn").click()
    learner.until("live.store.description.spec.data.kind === 'drawn' && live.store.frame")
    assert len(points(learner)) >= 8, "there is something to begin with"
    tools = page.get_by_role("toolbar", name="Draw points")
    tools.get_by_role("button", name="Clear").click()
    assert "at least 4 of each" in tools.get_by_role("status").inner_text()
    assert "A 0, B 0, C 0" in tools.get_by_role("status").inner_text()
    learner.button("Play").click()
    learner.page.get_by_test_id("note").get_by_text("Draw at least 4 points").wait_for()
    page.wait_for_timeout(500)  # time in which training would show
    assert learner.status == "ready" and learner.update == 0, "the points of before are not on the screen"
    assert "40 points" not in page.inner_text("body")
    drawn = {0: [(-4, -4), (-3, -4), (-4, -3), (-3, -3)], 1: [(4, 4), (3, 4), (4, 3), (3, 3), (5, 5)]}
    for label, places in drawn.items():
        tools.get_by_role("button", name=f"Class {'AB'[label]}").click()
        for place in places:
            page.mouse.click(*learner.live(PLACE, place))
    learner.until("live.store.description.spec.data.points?.length === 9 && live.store.frame")
    got = points(learner)
    expected = [(*place, label) for label, places in drawn.items() for place in places]
    assert [label for *_, label in got] == [label for *_, label in expected]
    assert [x for x1, x2, _ in got for x in (x1, x2)] == pytest.approx(
        [x for x1, x2, _ in expected for x in (x1, x2)], abs=0.1
    )
    assert "A 4, B 5, C 0" in tools.get_by_role("status").inner_text()
    learner.play()
    learner.until("live.store.frame.epoch >= 20 && live.store.frame.metrics.train_accuracy === 1")
    losses = learner.column("train_loss")
    assert losses[-1] < losses[0]
    learner.pause()
    tools.get_by_role("button", name="Undo").click()
    learner.until("live.store.description.spec.data.points.length === 8")
    learner.play()
    learner.pass_updates(3)
    tools.get_by_role("button", name="Clear").click()
    learner.until("live.store.state.status === 'paused'")
    assert "Draw at least 4 points" in learner.shown("status")
    learner.button("Reset").click()  # brings the run's own points back, for all to see
    learner.until("live.panels.get('output').instance.visible().length === 8")
    assert "A 4, B 4, C 0" in tools.get_by_role("status").inner_text()
    learner.play()
    learner.pass_updates(3)


def test_a_point_that_is_refused_goes_and_the_page_says_why(visit: Visit) -> None:
    learner = visit("/perceptron")
    page = learner.page
    page.get_by_role("radio", name="Drawn").click()
    learner.until("live.store.description.spec.data.kind === 'drawn' && live.store.frame")
    known = len(points(learner))
    page.get_by_role("button", name="Class C").click()
    for _ in range(2):  # the second refusal is the same sentence
        page.mouse.click(*learner.live(PLACE, (0.3, -5.5)))
        page.get_by_text("a perceptron tells two classes apart").wait_for()
        learner.until("live.panels.get('output').instance.visible().length === argument", known)
        assert "C 0" in page.get_by_role("toolbar", name="Draw points").get_by_role("status").inner_text()
    learner.play()
    learner.until("live.store.frame.step > 0")  # it may well have ended by now: the clouds are far apart
    assert len(points(learner)) == known


def test_penguins_show_outputs_of_one_sample_and_a_click_takes_another(penguins: Learner) -> None:
    learner = penguins
    has = "live.store.frame.arrays.has(argument)"
    assert learner.live(has, "network/activation/1") and not learner.live(has, "network/unit/1")
    inputs = learner.array("network/activation/0")
    assert len(inputs) == 4
    note = learner.page.locator("[data-view=output] .llv-note").inner_text()
    assert "slice" in note.lower()
    place = learner.live("Array.from(live.store.constants.get('output/train_points').data.slice(2 * 17, 2 * 18))")
    learner.page.mouse.click(*learner.live(PLACE, place))
    learner.until("live.store.frame.arrays.get('network/activation/0').data[0] !== argument", inputs[0])
    shown = learner.array("network/activation/0")
    assert shown[:2] == pytest.approx(place, abs=1e-5), "the first two features of the sample that was clicked"
    learner.play()
    learner.until("live.store.frame.metrics.test_accuracy > 0.9")
    assert learner.array("network/activation/0") == shown, "the sample stays chosen while it trains"
    learner.rest()


def test_the_samples_that_are_seen_are_downloaded(penguins: Learner) -> None:
    page = penguins.page

    def downloaded() -> list[str]:
        with page.expect_download() as download:
            page.get_by_role("button", name="Download the samples").click()
        return download.value.path().read_text(encoding="utf-8").splitlines()

    head, *rows = downloaded()
    assert "bill length" in head and len(rows) == 342
    assert {row.split(",")[-2] for row in rows} == {"Adelie", "Chinstrap", "Gentoo"}
    penguins.choose("Data set", "Iris flowers")
    penguins.until("live.store.description.spec.data.name === 'iris'")
    page.get_by_text("150 samples").wait_for()
    head, *rows = downloaded()
    assert "petal" in head and len(rows) == 150
