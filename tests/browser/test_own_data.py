"""A learner's own data in a real browser: brought, confirmed, trained on, refused."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from learner import Learner
from playwright.sync_api import Page
from real_server import Server

from datasets.upload.saving import table_as_csv
from tests.datasets.upload.samples import BAD_ARCHIVES, BAD_TABLES, folders, made
from tests.own import flowers

pytestmark = pytest.mark.browser
Visit = Callable[..., Learner]
STUDIO = "/data?section=own"


def drop(page: Page, name: str, data: bytes | Path) -> None:
    place = page.locator("input[type=file]")
    if isinstance(data, Path):
        place.set_input_files(data)
    else:
        place.set_input_files({"name": name, "mimeType": "application/octet-stream", "buffer": data})


def press(page: Page, name: str) -> None:
    page.get_by_role("button", name=name, exact=True).click()


def train(learner: Learner, page: str, score: str) -> None:
    """Train on the page that a button leads to until a condition on the frame's metrics `m` holds."""
    press(learner.page, f"Train in {page}")
    learner.page.wait_for_url(f"**/{page.lower()}*")
    learner.arrive()
    first = learner.live("live.store.frame.metrics.test_accuracy")
    learner.button("Play").click()
    learner.until(f"live.store.frame.metrics.test_accuracy {score}")
    assert learner.live("live.store.frame.metrics.test_accuracy") != first
    learner.rest()


def own(learner: Learner) -> None:
    """Go to the learner's own data through the menu."""
    learner.go_to("data")
    learner.page.get_by_role("radio", name="Your own data").click()


def test_a_table_and_pictures_are_brought_and_trained_on(visit: Visit, server: Server) -> None:
    learner = visit(STUDIO, lab=False)
    page = learner.page
    drop(page, "flowers.csv", table_as_csv(flowers(200)).replace(",", ";").encode("utf-16"))
    page.get_by_text("is this what is in it?").wait_for()
    press(page, "Use this table")
    page.get_by_text(
        "Predict 3 classes of kind from 5 columns, 7 inputs"
    ).wait_for()  # UTF-16 and semicolons were recognised
    train(learner, "Playground", "> 0.8")
    assert learner.spec("data.kind") == "own_table"

    page.reload()  # the visit ends and begins again: the data are still there
    learner.arrive()
    mine = page.url
    own(learner)
    page.get_by_role("radio", name="New").click()
    page.get_by_role("radio", name="Pictures").click()
    page.get_by_text("A zip file with one folder a class").wait_for()
    drop(page, "sides.zip", folders(20))
    page.get_by_text("40 pictures. How shall the network see them?").wait_for()
    press(page, "Use these pictures")
    train(learner, "Builder", "== 1")
    assert learner.spec("data.kind") == "own_images"

    page.context.clear_cookies()  # what makes whoever comes next somebody else
    stranger = visit(mine.removeprefix(server.url), context=page.context)
    stranger.page.get_by_text("uploaded by somebody else and stay with them").wait_for()
    assert stranger.spec("data.kind") == "generated"
    own(stranger)
    stranger.page.get_by_text("No file at hand?").wait_for()
    assert stranger.page.get_by_text("flowers.csv").count() == 0
    stranger.go_to("playground")
    stranger.arrive()


@pytest.fixture
def huge(tmp_path: Path) -> Path:
    """A file of 300 MB that takes no room on the disk."""
    path = tmp_path / "huge.csv"
    with path.open("wb") as file:
        file.truncate(300_000_000)
    return path


def test_bad_files_are_told_and_disturb_nobody(visit: Visit, huge: Path) -> None:
    other = visit()
    other.page.get_by_role("combobox", name="Speed", exact=True).select_option(
        "1 epoch/s"
    )  # to draw all there is would take most of this test
    other.play()
    other.page.context.clear_cookies()  # what makes whoever comes next somebody else
    learner = visit(STUDIO, lab=False, context=other.page.context)
    page = learner.page
    drop(page, "", huge)
    page.get_by_text("must be 10.0MB or smaller").wait_for()
    tables = ("empty", "one column", "a pickle", "null bytes", "a quotation never closed", "duplicate names")
    archives = ("a bomb that lies", "out by dots", "a truncated PNG", "one class", "a gigapixel")
    for kind, files, names in ((".csv", BAD_TABLES, tables), (".zip", BAD_ARCHIVES, archives)):
        if kind == ".zip":
            page.get_by_role("radio", name="Pictures").click()
            page.get_by_text("A zip file with one folder a class").wait_for()
        for name in names:
            drop(page, f"{name}{kind}", made(files[name][0]))
            page.get_by_role("alert").filter(has_text=f"{name}{kind}:").wait_for()
            assert page.get_by_text("Traceback").count() == 0
    learner.go_to("playground")
    learner.arrive()
    other.page.bring_to_front()
    epoch = other.epoch
    other.until("live.store.frame.epoch > argument", epoch)
