"""Everything with the keyboard alone."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from learner import Learner

pytestmark = pytest.mark.browser
FOCUSED = """() => { const { activeElement: at } = document;
  return at.getAttribute("aria-label") ?? at.innerText?.trim().slice(0, 40) ?? at.tagName; }"""
TO_THE_TOP = """() => { const { body } = document;
  body.tabIndex = -1; body.focus(); body.removeAttribute("tabindex"); }"""


@pytest.fixture(scope="module")
def opened(stay: Callable[[str], Learner], link: Callable[..., str]) -> Learner:
    """The Playground, open for all tests; the last of them changes the experiment."""
    return stay(link({"training.epochs": None}))


@pytest.fixture
def learner(opened: Learner) -> Learner:
    """Somebody at the top of the page, before an untrained network."""
    opened.live("live.send({ do: 'pause' })")
    opened.live("live.send({ do: 'reset' })")
    opened.until("live.store.frame?.step === 0 && live.store.state.status === 'ready'")
    opened.page.evaluate(TO_THE_TOP)
    return opened


def focused(learner: Learner) -> Any:
    return learner.page.evaluate(FOCUSED)


def tab_to(learner: Learner, name: str, most: int = 80) -> None:
    """Press Tab until the focus is on what is called so."""
    seen = []
    for _ in range(most):
        learner.page.keyboard.press("Tab")
        seen.append(focused(learner))
        if seen[-1] == name:
            return
    raise AssertionError(f"Tab never came to {name!r}; it passed {seen}")


def test_play_step_and_reset(learner: Learner) -> None:
    keyboard = learner.page.keyboard
    tab_to(learner, "Play")
    keyboard.press("Space")
    learner.until("live.store.state.status === 'playing' && live.store.frame.step > 3")
    assert focused(learner) == "Pause"
    keyboard.press("Space")
    learner.until("live.store.state.status === 'paused' && live.store.frame.step === live.store.state.step")
    update = learner.update
    learner.page.evaluate("document.activeElement.blur()")
    keyboard.press("ArrowRight")
    learner.until("live.store.frame.step === argument", update + 1)
    keyboard.press("r")
    learner.until("live.store.frame?.step === 0 && live.store.state.step === 0")
    keyboard.press("Space")
    learner.until("live.store.state.status === 'playing'")
    keyboard.press("Space")
    learner.until("live.store.state.status === 'paused'")


def test_tabs_with_arrow_keys(learner: Learner) -> None:
    keyboard = learner.page.keyboard
    tab_to(learner, "Code")  # the menu has something called Data, too
    tab_to(learner, "Data")
    keyboard.press("ArrowRight")
    assert focused(learner) == "Network"
    learner.page.get_by_label("Units of hidden layer 1").wait_for(state="visible")
    assert learner.live("live.store.state.step") == 0, "the arrow key moved the tab, not the training"
    tab_to(learner, "Output in 3-D")
    keyboard.press("ArrowRight")
    assert focused(learner) == "Confusion"
    learner.page.locator("[data-view=confusion] td").first.wait_for(state="visible")
    assert learner.live("live.store.state.step") == 0


def test_a_weight_is_reached_read_and_set(learner: Learner) -> None:
    keyboard = learner.page.keyboard
    tab_to(learner, "x₁")
    keyboard.press("ArrowRight")
    unit = focused(learner)
    keyboard.press("ArrowDown")
    assert unit != focused(learner)
    described = learner.page.evaluate("document.activeElement.getAttribute('aria-description')")
    assert "bias" in described
    keyboard.press("Enter")
    dialog = learner.page.get_by_role("dialog", name="Set a weight by hand")
    dialog.wait_for()
    assert focused(learner) == "Set bias"
    keyboard.type("1.5")
    learner.until("live.store.frame.arrays.get('network/bias/0').data.includes(1.5)")
    keyboard.press("Shift+Tab")
    keyboard.press("Shift+Tab")
    assert focused(learner) == "Which number to set"
    keyboard.press("ArrowDown")
    keyboard.press("Tab")
    keyboard.press("Tab")
    assert focused(learner).startswith("Set weight from")
    keyboard.press("Control+a")
    keyboard.type("-2.5")
    learner.until("live.store.frame.arrays.get('network/weight/0').data.includes(-2.5)")
    keyboard.press("Escape")
    dialog.wait_for(state="hidden")
    assert learner.page.evaluate("document.activeElement.classList.contains('llv-unit')"), "the focus comes back"
    assert learner.update == 0


def test_a_layer_is_added_and_a_point_read(learner: Learner) -> None:
    keyboard = learner.page.keyboard
    tab_to(learner, "Add a hidden layer after the inputs")
    keyboard.press("End")
    assert focused(learner) == "Add a hidden layer after hidden layer 2"
    generation = learner.generation
    keyboard.press("Enter")
    learner.until("live.store.description.generation > argument && live.store.frame", generation)
    assert len(learner.spec("network.layers")) == 3
    learner.page.locator("[data-view=output] .llv-field-plane").focus()
    keyboard.press("ArrowUp")
    card = learner.page.locator("[data-view=output] .llv-card")
    card.wait_for(state="visible")
    assert "x" in card.inner_text()
