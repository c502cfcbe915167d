"""The section for a learner's own data under AppTest: from a file to an experiment."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

import ui.uploads
from dlcore.specs import limits
from dlcore.specs.own_table import OwnTable
from tests.datasets.upload.samples import BAD_ARCHIVES, BAD_TABLES, CSV, folders, made, png
from ui.studio.own_kept import kept_data
from ui.studio.own_toolbar import beginnings


def _draw() -> None:
    from ui.studio.own import own_data

    own_data()


@pytest.fixture
def section(monkeypatch: pytest.MonkeyPatch) -> Iterator[AppTest]:
    monkeypatch.setattr(ui.uploads, "owner", lambda: "somebody")
    ui.uploads.open_uploads()
    try:
        yield AppTest.from_function(_draw, default_timeout=60).run()
    finally:
        ui.uploads.close_uploads()


def unescaped(text: str) -> str:
    """The words of a sentence without the signs that keep them from being Markdown."""
    return re.sub(r"\\(.)", r"\1", text)


def button(app: AppTest, label: str) -> Any:
    return next(button for button in app.button if button.label == label)


def brought(app: AppTest, name: str, data: bytes) -> AppTest:
    """The page after a file was dropped on it."""
    app.file_uploader[0].set_value((name, data, "application/octet-stream"))
    app.run()
    assert not app.exception, (name, app.exception)
    return app


def kept() -> OwnTable:
    (upload,) = ui.uploads.the_uploads().of("somebody")
    data = kept_data(upload)
    assert isinstance(data, OwnTable)
    return data


def test_an_example_goes_all_the_way(section: AppTest) -> None:
    button(section, "Penguins, as written down").click().run()
    assert not section.exception
    assert {box.label: box.value for box in section.selectbox} == {
        "Encoding": "utf-8",
        "Cells are separated by": ",",
        "Decimals": ".",
        "First row": True,
        "Predict": "species",
    }
    button(section, "Use this table").click().run()
    assert not section.exception and not section.warning
    data = kept()
    assert data.target.name == "species" and len(data.columns) == 7 and data.rows == 344
    assert "own table file" not in section.session_state, "the file itself is let go"
    assert any("241 rows to learn from, 103 to test on" in text.value for text in section.markdown)
    pages = {page.path: spec for page, spec in beginnings(data)}
    assert set(pages) == {"playground", "builder"}
    assert all(spec.data == data and spec.training.optimizer.kind == "adam" for spec in pages.values())  # type: ignore[attr-defined]


def test_settings_change_the_spec_and_are_remembered(section: AppTest) -> None:
    button(section, "Penguins, as written down").click().run()
    button(section, "Use this table").click().run()
    key = kept().upload
    section.selectbox(key=f"own missing {key}").set_value("drop").run()
    section.toggle(key=f"own keeps {key}").set_value(True).run()
    section.toggle(key=f"own leak {key}").set_value(True).run()
    assert not section.exception and not section.warning
    data = kept()
    assert (data.missing, data.leak, data.keep) == ("drop", True, 5)
    again = AppTest.from_function(_draw, default_timeout=60).run()
    assert not again.exception
    steps = next(group for group in section.get("button_group") if group.label == "Before and after")
    assert steps.value == "missing"


def test_bad_tables_are_told_and_not_kept(section: AppTest) -> None:
    for name, (content, said) in BAD_TABLES.items():
        brought(section, f"{name}.csv", made(content))
        (warning,) = section.warning
        assert re.search(said, unescaped(warning.value)), (name, warning.value)
        assert not [button for button in section.button if button.label == "Use this table"], name
        if "own table file" in section.session_state:  # what can be corrected stays until it is put away
            button(section, "Another file").click().run()
        assert not {"own table file", "own table sheet"} & set(section.session_state), name
    assert ui.uploads.the_uploads().of("somebody") == ()


def test_a_class_with_one_row_is_told_and_not_kept(section: AppTest) -> None:
    brought(section, "few.csv", b"a,kind\n1,x\n2,x\n3,x\n4,y\n")
    button(section, "Use this table").click().run()
    assert not section.exception
    assert ["needs at least 2 samples" in warning.value for warning in section.warning] == [True]
    assert ui.uploads.the_uploads().of("somebody") == ()


def test_one_class_only_is_told(section: AppTest) -> None:
    brought(section, "one.csv", b"a,kind\n1,x\n2,x\n3,x\n4,x\n")
    button(section, "Use this table").click().run()
    assert ["at least two classes" in warning.value for warning in section.warning] == [True]


def test_who_keeps_as_many_as_one_may_is_told(section: AppTest) -> None:
    for number in range(limits.UPLOADS_PER_OWNER):
        brought(section, f"{number}.csv", CSV.encode())
        button(section, "Use this table").click().run()
        assert not section.exception and not section.warning, [warning.value for warning in section.warning]
        section.session_state["own chosen"] = None
        section.run()
    assert any("You may keep 4 data sets at a time" in info.value for info in section.info)
    section.session_state["own chosen"] = ui.uploads.the_uploads().of("somebody")[0].id
    section.run()
    button(section, "Remove").click().run()
    assert not section.exception and len(ui.uploads.the_uploads().of("somebody")) == 3


def test_pictures_go_all_the_way(section: AppTest) -> None:
    section.get("button_group")[0].set_value("images").run()
    brought(section, "sides.zip", folders(6))
    button(section, "Use these pictures").click().run()
    assert not section.exception and not section.warning
    assert not {"own pictures files", "own pictures read"} & set(section.session_state), "the files are let go"
    (upload,) = ui.uploads.the_uploads().of("somebody")
    data = kept_data(upload)
    assert data.shape == (1, 28, 28) and data.classes == ("left", "right") and data.count == 12
    assert {page.path for page, _ in beginnings(data)} == {"builder", "cnn"}


def test_single_pictures_get_their_classes_by_hand(section: AppTest) -> None:
    section.get("button_group")[0].set_value("images").run()
    files = [(f"{number}.png", png(shade=60 * number), "image/png") for number in range(4)]
    section.file_uploader[0].set_value(files).run()
    assert not section.exception
    assert any("4 of 4 pictures have no class yet" in caption.value for caption in section.caption)


@pytest.mark.slow  # one of them has 10,000 entries, two unpack to 100 MB
def test_bad_archives_are_told_and_not_kept(section: AppTest) -> None:
    section.get("button_group")[0].set_value("images").run()
    for name, (content, said) in BAD_ARCHIVES.items():
        brought(section, f"{name}.zip", made(content))
        (warning,) = section.warning
        assert re.search(said, unescaped(warning.value)), (name, warning.value)
        assert not {"own pictures files", "own pictures read"} & set(section.session_state), name
    assert ui.uploads.the_uploads().of("somebody") == ()
