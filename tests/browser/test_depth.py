"""Deep or shallow: predicted, run, explained; a network that diverges beside its cures; keyboard and axe."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from accessibility import violations
from learner import Learner

pytestmark = pytest.mark.browser
Visit = Callable[..., Learner]


def test_how_weights_start_is_predicted_run_and_explained(visit: Visit) -> None:
    learner = visit("/depth?section=start", height=1000)
    page = learner.page
    learner.until("live.store.frame.arrays.get('spread/4')?.data.length === 8")
    assert not any(learner.array("spread/0")) and not any(learner.array("backward/0")), "zeros"
    small = learner.array("spread/1")
    assert small[7] < 1e-4 * small[0]
    learner.predict("All weights start at zero", "Nothing but how frequent the classes are")
    learner.play()
    learner.finish()
    metrics = learner.live("live.store.frame.metrics")
    assert metrics["0/test_accuracy"] < 0.6 and metrics["3/test_accuracy"] > 0.85
    page.get_by_role("button", name="Compare").click()
    page.get_by_text("Right. With zeros").wait_for()
    page.get_by_text("What you saw, and why").click()
    page.get_by_text("Biases may start at 0: weights must differ").wait_for()
    drawn = "document.querySelector('[data-view=spread] .ll-plot')?.data"
    page.wait_for_function(f"{drawn}?.length === 5 && {drawn}[3].y?.length === 8")
    assert violations(learner, ".ll-root") == []

    page.get_by_role("radio", name="When it explodes").focus()
    page.keyboard.press("Space")
    learner.until("live.store.description?.spec.variants.length === 4 && live.store.frame")
    learner.button("One epoch").click()
    learner.until("live.store.frame.step >= live.store.description.steps_an_epoch")
    page.locator("[data-view=loss]").get_by_text("As it is (diverged)").or_(
        page.locator("[data-view=spread]").get_by_text("As it is")
    ).first.wait_for()
    assert learner.live("live.store.description.views.find(({name}) => name === 'loss').options.log")
    assert not any(learner.array("spread/0")) and all(learner.array("spread/1"))
