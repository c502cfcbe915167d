"""The page on losses: drag, read, predict, and let losses race."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable

import pytest
from accessibility import violations
from learner import Learner

pytestmark = pytest.mark.browser
Visit = Callable[..., Learner]
LESSON = "document.querySelector('.llo').lesson.part"


def test_a_prediction_is_dragged_and_read_and_compared(visit: Visit) -> None:
    learner = visit("/losses", lab=False)
    page = learner.page
    page.get_by_role("slider", name="Prediction a").focus()
    page.keyboard.press("ArrowRight")
    assert page.evaluate(f"{LESSON}.a") == pytest.approx(2.6)
    row = page.get_by_role("row", name="Squared error")
    assert row.inner_text().split() == ["Squared", "error", "6.7600", "5.2000"]
    page.get_by_role("button", name="Two classes").click()
    slider = page.get_by_role("slider", name="Score z")
    slider.focus()
    for _ in range(5):
        page.keyboard.press("Shift+ArrowRight")
    assert page.evaluate(f"{LESSON}.z") == pytest.approx(6)
    assert page.get_by_text("The class is right.").is_visible()
    page.get_by_role("button", name="Three classes").click()
    page.get_by_role("button", name="B is right").click()
    assert page.get_by_role("row", name="B (right)").is_visible()
    assert violations(learner, ".llo") == []
    program = page.evaluate(f"{LESSON}.code.text.textContent")
    shown = page.get_by_role("row", name="B (right)").inner_text().replace("−", "-").split()
    said = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True).stdout
    assert f"{eval(said.splitlines()[0])[0][1]:.4f}" == shown[3], "the program gives the table's numbers"
    learner.predict("The right class is 1", "The squared error at most 1; cross-entropy without bound")
    page.get_by_role("button", name="Compare").click()
    page.get_by_text("grows and grows").wait_for()


def test_losses_race_out_of_a_sure_mistake(visit: Visit) -> None:
    learner = visit("/losses?section=wrong")
    learner.play()
    learner.until("live.store.state.status === 'finished'")
    entropy, squared = (learner.column(f"{number}/train_accuracy") for number in (1, 0))
    epochs = learner.column("epoch")
    first = [
        next(epoch for epoch, value in zip(epochs, column, strict=True) if value == 1) for column in (entropy, squared)
    ]
    assert first[0] < first[1]
    learner.page.get_by_text("What you saw, and why").click()
    learner.page.get_by_text("pushes each score").wait_for()
