"""The race of eight optimizers on the page `/optimizers`: frames a second in Chromium while the balls roll."""

from __future__ import annotations

from benchmarks.browser import PATIENCE, chromium, projector
from benchmarks.figure import report
from benchmarks.live import WATCH
from benchmarks.server import served

SECONDS = 5.0  # of the 200 steps, which take 6.7 s at the page's own pace
READY = "document.querySelector('.ll-root')?.layerlab?.store.frame && document.querySelector('.llv-ball-row')"
ROLLS = "document.querySelector('.ll-root').layerlab.store.frame.step > 10"


def main() -> None:
    """Print how many frames a second are drawn, with trails, heights and the landscape's place in sight or not."""
    with served() as server, chromium() as browser:
        page = projector(browser)
        page.goto(f"{server.url}/optimizers")
        page.wait_for_function(READY, timeout=PATIENCE)
        page.get_by_role("button", name="Play", exact=True).click()
        page.wait_for_function(ROLLS, timeout=PATIENCE)
        drawn = page.evaluate(WATCH, SECONDS)["drawn"]
    report("descent: eight balls, frames drawn", drawn, "frames/s", ">= 10", drawn >= 10)


if __name__ == "__main__":
    main()
