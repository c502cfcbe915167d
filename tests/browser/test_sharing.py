"""Links: what somebody hands out is what the others see, and a link from a stranger can do no harm."""

from __future__ import annotations

from collections.abc import Callable
from urllib.parse import quote, urlsplit

import pytest
from learner import Learner

pytestmark = pytest.mark.browser
Visit = Callable[..., Learner]


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
    theirs = visit(f"{parts.path}?{parts.query}")
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


@pytest.mark.parametrize(
    "text",
    [
        "1.eNoBroken",
        "2.from-the-future",
        "1." + "A" * 3_000,
        "<script>document.title='owned'</script>",
    ],
    ids=["broken", "future", "long", "script"],
)
def test_a_broken_or_hostile_link_gives_a_message_and_the_default(visit: Visit, text: str) -> None:
    learner = visit(f"/playground?spec={quote(text)}")
    assert "could not be read" in message(learner)
    assert learner.spec("data.name") == "circle" and learner.spec("training.learning_rate") == 0.1
    assert [layer["units"] for layer in learner.spec("network.layers")] == [4, 2]
    assert "owned" not in learner.page.title()
    learner.play()
    learner.until("live.store.frame.step >= 3")  # it has an end, which may have come by now
