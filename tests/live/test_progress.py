"""How far a training has come and how long it will take."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from harness import Harness

pytestmark = pytest.mark.browser


def test_time_left_is_said_as_people_say_it(module: Callable[..., Any]) -> None:
    said = {
        0.4: "a few seconds left",
        12: "about 10 s left",
        41: "about 40 s left",
        58: "about a minute left",
        100: "about 2 min left",
        3540: "about an hour left",
        20_000: "about 6 h left",
        400_000: "about 5 days left",
    }
    assert module("progress.js", "a.map(m.timeLeft)", list(said)) == list(said.values())
    assert module("progress.js", "[NaN, Infinity, -1].map(m.timeLeft)") == ["", "", ""]


def test_the_end_is_where_the_spec_says_now(module: Callable[..., Any]) -> None:
    ask = """[m.lastEpoch(a), m.lastEpoch(a, {"training.epochs": 9}), m.lastEpoch(a, {"training.epochs": null}),
      m.lastEpoch({epochs: 3}), m.lastEpoch({})]"""
    assert module("progress.js", ask, {"training": {"epochs": 20}}) == [20, 9, None, 3, None]


def test_a_reading_moves_slowly_and_counts_down(module: Callable[..., Any]) -> None:
    # 100 epochs of 10 updates at 10 a second: 100 s; then the rate doubles
    script = """(() => { const p = new m.Progress(); const at = { epoch: 0 };
      p.reckon({ rate: 10 }, at, 100, 10, 0); const first = p.seconds;
      p.reckon({ rate: 10 }, { epoch: 0.5 }, 100, 10, 500); const within = p.seconds;
      p.reckon({ rate: 20 }, { epoch: 2 }, 100, 10, 2000); return [first, within, p.seconds]; })()"""
    first, within, then = module("progress.js", script)
    assert (first, within) == (100, 100), "one reading a second"
    assert then == pytest.approx(0.7 * 98 + 0.3 * 49)


def test_the_bar_shows_it_where_training_ends(visit: Callable[..., Any], harness: Harness) -> None:
    run = harness.run
    run.only = ("loss", "accuracy")
    page = visit()
    line, left = page.get_by_role("progressbar", name="Epochs done"), page.get_by_test_id("left")
    assert line.count() == 0, "without an end nothing is shown"
    run.epochs = 24
    run.generation += 1
    line.wait_for()
    height = page.locator(".ll-head").bounding_box()["height"]
    page.get_by_role("button", name="Play", exact=True).click()
    page.wait_for_function("document.querySelector('[data-testid=left]').textContent.endsWith('left')")
    page.wait_for_function("document.querySelector('.ll-progress').getAttribute('aria-valuenow') > 50")
    assert page.locator(".ll-head").bounding_box()["height"] == height, "nothing jumps"
    page.wait_for_function("document.querySelector('.ll-progress').getAttribute('aria-valuenow') == 100")
    page.wait_for_function("document.querySelector('[data-testid=left]').textContent == ''")
    assert left.count() == 1
