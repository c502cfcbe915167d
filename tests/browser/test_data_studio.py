"""The Data studio as a learner walks through it: augmentation seen and raced, data sets looked at and opened."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from learner import Learner

pytestmark = pytest.mark.browser
Visit = Callable[..., Learner]
PICTURES = "[...document.querySelectorAll('.studio-versions img')].map(image => image.src)"


def test_augmentation_is_seen_and_raced_and_data_sets_open_where_they_are_learned(visit: Visit) -> None:
    learner = visit("/data?section=augmentation", height=1000)
    page = learner.page
    page.wait_for_function(f"{PICTURES}.length === 24")
    pictures = page.evaluate(PICTURES)
    assert len(set(pictures)) == 24
    page.get_by_role("slider", name="Rotate").focus()
    page.keyboard.press("End")
    page.wait_for_function(f"old => {PICTURES}[1] !== old", arg=pictures[1])
    assert page.evaluate(PICTURES)[0] == pictures[0], "the first is the image itself"
    page.get_by_text("Rotate 180°, Zoom 0.15, Shift 0.1").first.wait_for()
    page.get_by_role("radio", name="50", exact=True).click()
    learner.until("live.store.description.spec.base.data.samples === 500 && live.store.frame")
    page.get_by_role("button", name="Let these settings race below").click()
    learner.until("live.store.description.spec.variants.length === 4 && live.store.frame")
    own = learner.live("live.store.description.spec.variants[3]")
    assert own == {
        "title": "Your sliders",
        "changes": {"augmentation": {"rotate": 180, "zoom": 0.15, "shift": 0.1}},
    }
    learner.play()
    learner.finish()
    metrics = learner.live("live.store.frame.metrics")
    assert metrics["0/train_accuracy"] == 1.0 > metrics["2/train_accuracy"]
    page.wait_for_function("document.querySelector('[data-view=scores] .ll-plot')?.data[0].y?.length === 4")

    page.get_by_role("radio", name="Data sets").click()
    page.get_by_role("combobox", name="Data set").click()
    page.get_by_role("option", name="Palmer penguins").click()
    page.get_by_text("333 of 344 rows are complete.").wait_for()
    assert "set=penguins" in page.url and "section=sets" in page.url
    for title in ("Adelie", "bill length (mm)"):
        page.locator(".js-plotly-plot").get_by_text(title).first.wait_for()
    for button, address, name in (("Builder", "builder", "penguins"), ("Playground", "playground", "penguins")):
        page.get_by_role("button", name=f"Open in {button}").click()
        page.wait_for_url(f"**/{address}*")
        learner.arrive()
        assert learner.spec("data.name") == name
        learner.go_to("data")
        page.get_by_role("button", name=f"Open in {button}").wait_for()  # the set that was looked at
    page.reload()
    page.get_by_text("333 of 344 rows are complete.").wait_for()
    page.get_by_role("combobox", name="Data set").click()
    page.get_by_role("option", name="Digits, 8 × 8").click()
    page.get_by_role("img", name="Mean image of 7").wait_for()
    page.get_by_role("button", name="Open in Convolutions").click()
    page.wait_for_url("**/cnn*")
    learner.arrive()
    assert learner.spec("data.name") == "digits" and learner.live("live.store.description.lab") == "layered"
