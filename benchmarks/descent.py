"""The race of eight optimizers on the page `/optimizers`: frames a second in Chromium while the balls roll."""

from __future__ import annotations

from benchmarks.browser import PATIENCE, chromium, projector
from benchmarks.figure import report
from benchmarks.live import WATCH
from benchmarks.server import served

SECONDS = 5.0  # of the 200 steps, which take 6.7 s at the page's own pace
READY = (
    "document.querySelector('.ll-root')?.layerlab?.store.frame?.step === 0 && document.querySelector('.llv-ball-row')"
)
ROLLS = "document.querySelector('.ll-root').layerlab.store.frame.step > 10"
OVER = "document.querySelector('.ll-root').layerlab.store.state.status === 'finished'"


def main() -> None:
    """Print how many frames a second are drawn by who presses Play at once, and by who lets the balls roll again."""
    with served() as server, chromium() as browser:
        page = projector(browser)
        page.goto(f"{server.url}/optimizers")
        page.wait_for_function(READY, timeout=PATIENCE)
        for when in ("as soon as they are there", "once more"):
            page.get_by_role("button", name="Play", exact=True).click()
            page.wait_for_function(ROLLS, timeout=PATIENCE)
            drawn = page.evaluate(WATCH, SECONDS)["drawn"]
            report(f"descent: eight balls {when}, frames drawn", drawn, "frames/s", ">= 10", drawn >= 10)
            page.wait_for_function(OVER, timeout=PATIENCE)
            page.get_by_role("button", name="Reset", exact=True).click()
            page.wait_for_function(READY, timeout=PATIENCE)


if __name__ == "__main__":
    main()
