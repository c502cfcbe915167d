"""The Chromium that tests drive, how it is started, and what of it they do without."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Browser, BrowserContext, sync_playwright

CHROMIUM = "/usr/bin/chromium"
# What Playwright itself switches off: the last such argument wins, so it is repeated here
QUIET = (
    "AvoidCorsURLLoaderRestartOnRedirect,AvoidUnnecessaryBeforeUnloadCheckSync,DestroyProfileOnBrowserClose,"
    "HttpsFirstBalancedModeAutoEnable,HttpsUpgrades,LensOverlay,MediaRouter,NetworkTimeServiceQuerying,"
    "OptimizationHints,PaintHolding,PreconnectToSearch,ThirdPartyStoragePartitioning"
)
# The list under the address bar, which nobody sees: a process of its own for every window, half a second of work each
OMNIBOX = "AimEnabled,WebUIOmniboxAimPopup,WebUIOmniboxPopup"
ARGUMENTS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    f"--disable-features={QUIET},{OMNIBOX}",
)


@contextmanager
def chromium() -> Iterator[Browser]:
    """A browser with an empty profile; while it is open, no other test can start an event loop."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=list(ARGUMENTS), headless=True)
        try:
            yield browser
        finally:
            browser.close()


@contextmanager
def profiled(folder: Path) -> Iterator[BrowserContext]:
    """A browser with the profile of a folder, in which it keeps the scripts that it has read, ready compiled.

    Two loads fill it; from the third on, a page of Streamlit costs about half of what it does an empty profile.
    """
    with sync_playwright() as playwright:
        profile = playwright.chromium.launch_persistent_context(
            folder, executable_path=CHROMIUM, args=list(ARGUMENTS), headless=True
        )
        try:
            yield profile
        finally:
            profile.close()
