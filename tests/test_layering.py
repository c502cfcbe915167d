"""Imports point one way, and the web process stays light."""

import ast
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
PARTS = ("app", "pages", "ui", "dlcore", "datasets", "layerlab")
MAY_IMPORT = {
    "datasets": {"datasets"},
    "dlcore": {"dlcore", "datasets"},
    "ui": {"ui", "dlcore", "datasets"},
    "pages": {"pages", "ui", "dlcore", "datasets"},
    "app": {"ui"},
    "layerlab": {"layerlab", "app", "dlcore", "datasets"},
}
WEB_ONLY = {"streamlit", "plotly", "starlette", "uvicorn"}


def imports(path: Path) -> set[str]:
    found = set()
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Import):
            found |= {alias.name.split(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}: relative import"
            found.add((node.module or "").split(".")[0])
    return found


@pytest.mark.parametrize("part", PARTS)
def test_imports_point_one_way(part):
    sources = [*ROOT.glob(f"{part}/**/*.py"), *ROOT.glob(f"{part}.py")]
    assert sources
    for path in sources:
        found = imports(path)
        assert found & set(PARTS) <= MAY_IMPORT[part], path
        if part in ("dlcore", "datasets"):
            assert not found & WEB_ONLY, path


def test_pages_hold_no_classes():
    for path in ROOT.glob("pages/*.py"):
        assert not [node for node in ast.walk(ast.parse(path.read_text())) if isinstance(node, ast.ClassDef)], path


def test_the_web_process_never_imports_torch():
    code = "import app, sys; sys.exit('torch' in sys.modules or 'sklearn' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], cwd=ROOT, check=False).returncode == 0
