"""The files of the live view."""

import re
from pathlib import Path

import pytest

from ui.live import assets
from ui.live.assets import FOLDERS, asset, asset_names, version


def test_every_script_and_style_sheet_is_served_as_it_lies_there() -> None:
    files = {path.name: path for folder in FOLDERS for path in folder.iterdir() if path.suffix in {".js", ".css"}}
    assert asset_names() == set(files) and {"main.js", "loader.js", "live.css", "views.css"} <= asset_names()
    for name, path in files.items():
        assert asset(name) == path.read_bytes()


def test_what_a_script_imports_is_there() -> None:
    for name in asset_names():
        if name.endswith(".js"):
            for imported in re.findall(r"""from "\./([^"]+)"|import\("\./([^"]+)"\)""", asset(name).decode()):
                assert set(imported) - {""} <= asset_names(), name


def test_the_version_changes_with_any_file(monkeypatch: pytest.MonkeyPatch) -> None:
    assert re.fullmatch("[0-9a-f]{16}", version())
    before = version.__wrapped__()
    files = assets._files()
    for name in ("main.js", "live.css"):
        monkeypatch.setattr(assets, "_files", lambda name=name: files | {name: files[name] + b" "})
        assert version.__wrapped__() != before


def test_a_name_that_two_folders_have_is_refused(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    (tmp_path / "main.js").write_text("")
    monkeypatch.setattr(assets, "FOLDERS", (*FOLDERS, tmp_path))
    with pytest.raises(ValueError, match=r"names of scripts: .* received main\.js$"):
        assets._files.__wrapped__()
