"""The JavaScript and CSS files of all browser parts, read once; side by side in one address, under one hash."""

from __future__ import annotations

import hashlib
from functools import cache
from pathlib import Path

_LIVE = Path(__file__).parent
_BUILDER = _LIVE.parent / "builder"
_LESSONS = _LIVE.parent / "lessons"
FOLDERS = (_LIVE / "js", _LIVE, _BUILDER / "js", _BUILDER, _LESSONS / "js", _LESSONS)


@cache
def _files() -> dict[str, bytes]:
    paths = [path for folder in FOLDERS for path in sorted(folder.iterdir()) if path.suffix in {".js", ".css"}]
    files = {path.name: path.read_bytes() for path in paths}
    if len(files) < len(paths):
        twice = sorted({path.name for path in paths if [other.name for other in paths].count(path.name) > 1})
        raise ValueError(f"names of scripts: expected each once over all folders; received {', '.join(twice)}")
    return files


def asset_names() -> frozenset[str]:
    """The names of all files."""
    return frozenset(_files())


def asset(name: str) -> bytes:
    """The content of one file. Raises: KeyError: there is none of that name."""
    return _files()[name]


@cache
def version() -> str:
    """A short hash of all files; it changes whenever one of them does."""
    digest = hashlib.sha256()
    for name, content in sorted(_files().items()):
        digest.update(name.encode() + b"\0" + content)
    return digest.hexdigest()[:16]
