"""Dragging on the pages of basic ideas: from the mouse's move to the painted new number, p95 in Chromium."""

from __future__ import annotations

import math
import statistics
from dataclasses import dataclass

from playwright.sync_api import Page

from benchmarks.browser import PATIENCE, chromium, projector
from benchmarks.figure import report
from benchmarks.server import served

MOVES = 120
REACH = 90.0  # px to either side
PAUSE = 12.0  # ms between two moves, as a mouse that is moved fast sends them


@dataclass(frozen=True, slots=True)
class Drag:
    """One page: what is taken hold of there, and where the number stands that answers."""

    title: str
    path: str
    handle: str
    told: str


DRAGS = (
    Drag(
        "a neuron's border, its plane, curve and 3-D", "neuron?section=hand", '[aria-label="The border"]', ".lln-sums"
    ),
    Drag("a point on a function", "activations?section=functions", '[aria-label^="Sigmoid: f of z"]', ".lla-told"),
    Drag("a prediction under five losses", "losses", '[aria-label="Prediction a"]', ".llo table"),
    Drag("the start of eight balls", "optimizers", ".llv-start", ".llv-chip"),
)
# A move's time stamp is that of the input itself; a message sent from an animation frame comes after its picture.
WATCH = """(told) => {
  const text = () => document.querySelector(told)?.textContent;
  let shown = text();
  window.answers = [];
  addEventListener("pointermove", ({ timeStamp }) => requestAnimationFrame(() => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => {
      if (text() !== shown) answers.push(performance.now() - timeStamp);
      shown = text();
    };
    port2.postMessage(0);
  }), true);
}"""
STYLED = """([handle, told]) => { const found = document.querySelector(handle);
  return found?.getBoundingClientRect().width && found.checkVisibility({ visibilityProperty: true })
    && document.querySelector(told); }"""


def answers(page: Page, url: str, drag: Drag) -> list[float]:
    """Milliseconds from each move to the picture with another number."""
    page.goto(f"{url}/{drag.path}")
    page.wait_for_function(STYLED, arg=[drag.handle, drag.told], timeout=PATIENCE)
    page.wait_for_timeout(2_000)  # the page's other parts are there
    box = page.locator(drag.handle).first.bounding_box()
    if box is None:
        raise RuntimeError(f"{drag.path}: expected {drag.handle} on the screen")
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    page.evaluate(WATCH, drag.told)
    page.mouse.move(x, y)
    page.mouse.down()
    for number in range(1, MOVES + 1):
        page.mouse.move(x + REACH * math.sin(number / 9), y + REACH / 3 * math.sin(number / 14))
        page.wait_for_timeout(PAUSE)
    page.mouse.up()
    found: list[float] = page.evaluate("answers")
    return found


def main() -> None:
    """Print the 95th percentile of each page; a page whose number hardly ever changed has failed."""
    with served() as server, chromium() as browser:
        for drag in DRAGS:
            page = projector(browser)
            found = answers(page, server.url, drag)
            page.close()
            if len(found) < MOVES / 2:
                raise RuntimeError(f"{drag.path}: expected an answer to most of {MOVES} moves; {len(found)} came")
            late = statistics.quantiles(found, n=20)[-1]
            median = statistics.median(found)
            report(f"drag: {drag.title} (median {median:.0f} ms)", late, "ms, p95", "<= 100", late <= 100)


if __name__ == "__main__":
    main()
