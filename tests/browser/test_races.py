"""Variants side by side in the Data studio: rare classes and their cures, and the folds of a cross-validation."""

from __future__ import annotations

import statistics
from collections.abc import Callable

import pytest
from learner import Learner

from ui.share import to_query
from ui.studio.rare_classes import RARE

pytestmark = pytest.mark.browser
Visit = Callable[..., Learner]
SOON_OVER = RARE.replace({"base.training.epochs": 10})  # all of it is in tests/ui/studio/test_rare_classes.py
DRAWN = "document.querySelector('[data-view={view}] .ll-plot')?.data"


def test_rare_classes_and_folds(visit: Visit) -> None:
    learner = visit(f"/data?section=rare&{to_query(SOON_OVER)}", height=1000)
    page = learner.page
    learner.play()
    learner.finish()
    # the three networks, and who always says "honest": what is drawn are the very numbers of the frame
    page.wait_for_function(f"{DRAWN.format(view='report')}?.[3]?.y?.length === 4")
    accuracy, recall = learner.array("report/accuracy"), learner.array("report/recall")
    drawn = f"[...{DRAWN.format(view='report')}[2].y].join()"
    page.wait_for_function(f"(recall) => {drawn} === recall.join()", arg=recall)  # charts take their turns
    assert accuracy[3] == pytest.approx(0.99, abs=1e-3) and recall[3] == 0
    assert accuracy[0] > 0.98 and recall[0] < 0.5, "right nearly always, and it misses most frauds"
    assert recall[1] > 0.6 and recall[2] > 0.6 and accuracy[1] < accuracy[0]
    legend = page.locator("[data-view=precision_recall] .legendtext")
    legend.filter(has_text="Over-sampling, AP 0.").wait_for()
    assert [text.split(" 0.")[0] for text in legend.all_text_contents()] == [
        f"{title}, AP" for title in ("As they are", "Class weights", "Over-sampling")
    ]
    first = learner.run
    page.get_by_role("slider", name="Share of fraud").focus()
    page.keyboard.press("Home")  # half of the payments
    learner.until("live.store.description.spec.base.data.positives === 0.5 && live.store.frame")
    learner.play()
    learner.finish()
    assert min(learner.array("report/recall")[:3]) > 0.8, "where classes are of equal size nothing needs a cure"

    page.get_by_role("radio", name="Cross-validation").click()
    learner.until("live.store.description?.spec.base.data.folds === 5 && live.store.frame")
    assert learner.run != first and "section=folds" in page.url
    learner.play()
    learner.finish()
    metrics = learner.live("live.store.frame.metrics")
    scores = [metrics[f"{fold}/test_accuracy"] for fold in range(5)]
    assert metrics["mean/test_accuracy"] == pytest.approx(statistics.fmean(scores))
    assert metrics["spread/test_accuracy"] == pytest.approx(statistics.stdev(scores))
    page.locator("[data-view=scores]").get_by_text(f"mean {statistics.fmean(scores):.3f} ±").wait_for()
    second = learner.run
    page.reload()
    learner.arrive()
    assert learner.run == second and learner.status == "finished"
