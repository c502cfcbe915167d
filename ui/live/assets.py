"""The JavaScript and CSS files of the live view, read once."""

from __future__ import annotations

import hashlib
from functools import cache
from pathlib import Path

FOLDERS = (Path(__file__).parent / "js", Path(__file__).parent)


@cache
def _files() -> dict[str, bytes]:
    return {
        path.name: path.read_bytes()
        for folder in FOLDERS
        for path in sorted(folder.iterdir())
        if path.suffix in {".js", ".css"}
    }


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
