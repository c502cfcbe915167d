"""Links: what somebody hands out is what the others see, and a link from a stranger can do no harm."""

from __future__ import annotations

from collections.abc import Callable
from urllib.parse import parse_qsl, quote, urlsplit

import pytest
from learner import Learner

from dlcore.specs.spec import Spec
from ui.controls.registry import CONTROLS
from ui.share import decode

pytestmark = pytest.mark.browser
Visit = Callable[..., Learner]
HOSTILE = "<script>document.title='owned'</script>" + "A" * 3_000
DRAWN = [{"x1": float(x), "x2": 4.0 - 8 * label, "label": label} for x in range(5) for label in (0, 1)]
PLACE = """(([x1, x2]) => { const plane = live.panels.get("output").instance;
  const box = plane.field.getBoundingClientRect(); const [x, y] = plane.box.to(x1, x2);
  return [box.left + x, box.top + y]; })(argument)"""


def message(learner: Learner) -> str:
    """What the page says about the link that led to it."""
    return learner.page.locator("[data-testid=stAlert]").first.inner_text()


def test_a_shared_link_shows_the_same_experiment_with_controls_hidden(visit: Visit, link: Callable[..., str]) -> None:
    mine = visit(link({"data.name": "xor", "network.layers": [{"units": 7, "activation": "relu"}]}))
    mine.tab("Training")
    mine.choose("Learning rate", "0.3")
    mine.until("live.store.state.changes['training.learning_rate'] === 0.3")
    mine.button("Share").click()
    dialog = mine.page.get_by_role("dialog")
    chosen = dialog.get_by_role("combobox")
    for name in ("Data: all", "Control bar: Speed", "Training: Learning rate", "Share"):
        chosen.fill(name)
        before = dialog.locator("code").inner_text()
        mine.page.get_by_role("option", name=name, exact=True).click()
        mine.page.wait_for_function(
            "(before) => document.querySelector('[role=dialog] code').innerText !== before", arg=before
        )
    address = dialog.locator("code").inner_text()
    mine.page.keyboard.press("Escape")  # the list of names, which hides all else from a screen reader
    dialog.get_by_role("button", name="Close").click()
    dialog.wait_for(state="hidden")
    assert "spec=1." in address and "run=" not in address, "the link is to the experiment, not to my run"

    parts = urlsplit(address)
    browser = mine.page.context
    browser.clear_cookies()  # what makes whoever comes next somebody else
    theirs = visit(f"{parts.path}?{parts.query}", context=browser)
    assert theirs.spec("data.name") == "xor" and theirs.spec("training.learning_rate") == 0.3
    assert theirs.spec("network.layers") == mine.spec("network.layers")
    assert theirs.live("live.store.description.spec.seed") == mine.live("live.store.description.spec.seed")
    assert theirs.run != mine.run
    page = theirs.page
    assert page.get_by_role("tab", name="Network", exact=True).is_visible()
    assert page.get_by_role("tab", name="Data", exact=True).count() == 0
    assert page.get_by_role("button", name="Share", exact=True).count() == 0
    assert not page.get_by_label("Speed", exact=True).is_visible()
    theirs.tab("Training")
    page.get_by_role("combobox", name="Batch size").wait_for()
    assert page.get_by_role("combobox", name="Learning rate").count() == 0
    theirs.play()
    theirs.pass_updates(5)
    assert theirs.page.get_by_test_id("epoch").is_visible() and theirs.page.get_by_test_id("train_loss").is_visible()
    assert mine.update == 0, "their run is not mine"


def test_a_bare_page_offers_nothing_and_shows_all(visit: Visit, link: Callable[..., str]) -> None:
    everything = [row.name for row in CONTROLS]
    learner = visit(link({"data": {"kind": "drawn", "points": DRAWN}}, hidden=everything))
    page = learner.page
    page.wait_for_selector(".llv-unit")
    page.wait_for_selector("[data-view=output] canvas")
    for name in (
        "Add a",
        "Remove",
        "Play",
        "Reset",
        "One",
        "Clear",
        "Undo",
        "Class",
        "Share",
        "Examples",
        "Code",
        "seed",
    ):
        assert page.get_by_role("button", name=name).count() == 0, name
    assert page.get_by_role("spinbutton").count() == page.get_by_role("combobox").count() == 0
    assert learner.shown("status") == "Ready."
    page.locator(".llv-unit").last.click()
    page.mouse.click(*learner.live(PLACE, [0, 0]))
    page.keyboard.press("r")
    page.keyboard.press("Space")
    page.keyboard.press("ArrowRight")
    page.wait_for_timeout(400)  # time in which any of these would do something
    assert page.get_by_role("dialog").count() == 0
    assert len(learner.spec("data.points")) == len(DRAWN) and learner.update == 0 and learner.status == "ready"
    assert page.get_by_test_id("train_loss").is_visible()


def test_a_long_and_hostile_link_gives_a_message_and_the_default(visit: Visit) -> None:
    # what else may be wrong with a link is told apart without a browser, in tests/pages and tests/ui/test_share.py
    learner = visit(f"/playground?spec={quote(HOSTILE)}")
    assert "could not be read" in message(learner)
    assert learner.spec("data.name") == "circle" and learner.spec("training.learning_rate") == 0.1
    assert [layer["units"] for layer in learner.spec("network.layers")] == [4, 2]
    assert "owned" not in learner.page.title()
    learner.play()
    learner.until("live.store.frame.step >= 3")  # it has an end, which may have come by now


def in_address(learner: Learner) -> Spec:
    """The experiment that the address holds: what a copied link would lead to."""
    return decode(dict(parse_qsl(urlsplit(learner.page.url).query))["spec"])[0]


def agrees(learner: Learner, rate: float, seed: int = 0) -> None:
    """Wait until run and address have these settings."""
    learner.page.wait_for_function(
        """([rate, seed]) => { const { description, state } = document.querySelector(".ll-root").layerlab.store;
          return state && description?.spec.seed === seed &&
            (state.changes["training.learning_rate"] ?? description.spec.training.learning_rate) === rate; }""",
        arg=[rate, seed],
    )
    for _ in range(200):
        spec = in_address(learner)
        if (spec.training.learning_rate, spec.seed) == (rate, seed):  # type: ignore[attr-defined]  # supervised
            return
        learner.page.wait_for_timeout(50)
    raise AssertionError(f"the page has the rate {rate} and the seed {seed}, its address {spec}")


def test_back_and_forward_bring_the_experiment_that_the_address_holds(visit: Visit) -> None:
    learner = visit("/playground?example=xor")
    page, run = learner.page, learner.run
    first = learner.spec("training.learning_rate")
    learner.tab("Training")
    learner.choose("Learning rate", "0.3")
    agrees(learner, 0.3)
    page.get_by_role("button", name="New seed").click()
    agrees(learner, 0.3, seed=1)
    page.go_back()
    agrees(learner, 0.3)
    assert page.get_by_role("combobox", name="Learning rate").input_value() == "0.3"
    page.go_back()
    agrees(learner, first)
    page.wait_for_function(
        "(rate) => document.querySelector('input[aria-label*=\"Learning rate\"]').value === rate", arg=f"{first:g}"
    )
    page.go_forward()
    agrees(learner, 0.3)
    for _ in range(2):  # to the example as it was opened: here, the very same
        page.go_back()
        page.wait_for_timeout(300)
    agrees(learner, first)
    assert learner.spec("data.name") == "xor" and learner.run == run
