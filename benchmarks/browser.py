"""A real Chromium for benchmarks."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from playwright.sync_api import Browser, Page, sync_playwright

CHROMIUM = "/usr/bin/chromium"
ARGUMENTS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
PATIENCE = 60_000.0  # ms


@contextmanager
def chromium() -> Iterator[Browser]:
    """A browser with an empty profile."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=list(ARGUMENTS), headless=True)
        yield browser
        browser.close()


def projector(browser: Browser) -> Page:
    """An empty page as large as a projector's picture: the size at which the Playground shows its main view at once."""
    return browser.new_page(viewport={"width": 1280, "height": 720})


def drawn_network(page: Page) -> float:
    """Wait until the network diagram is drawn and visible; milliseconds since the page was asked for.

    The element is there as soon as its module is; `drawn` counts frames that were put onto the canvases.
    """
    found = page.wait_for_function(
        """() => {
            const root = document.querySelector(".ll-root");
            const canvas = root?.querySelector(".llv-canvas");
            const drawn = root?.layerlab.stats.drawn > 0 && canvas?.width > 0;
            return drawn && canvas.checkVisibility({ visibilityProperty: true }) && performance.now();
        }""",
        timeout=PATIENCE,
    )
    return float(found.json_value())
