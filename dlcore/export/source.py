"""LayerLab's own definitions as text, for programs that stand alone: read from their files, never imported."""

from __future__ import annotations

import ast
from functools import cache
from itertools import pairwise
from pathlib import Path

_ROOT = Path(__file__).parents[2]


def source_of(path: str, *names: str) -> str:
    """The definitions of these names in a file such as `dlcore/networks/unet.py`, in their order there, as one text.

    Names are those of functions, classes and assigned constants at the top of the file.

    Raises: ValueError: the file has no such definition.
    """
    known = _definitions(path)
    for name in names:
        if name not in known:
            raise ValueError(f"{path}: expected definitions of {', '.join(known)}; received {name!r}")
    chosen = [part for name, part in known.items() if name in names]
    text = chosen[0][0]
    for (_, after_block), (source, is_block) in pairwise(chosen):
        text += ("\n\n\n" if after_block or is_block else "\n") + source
    return text


@cache
def _definitions(path: str) -> dict[str, tuple[str, bool]]:
    """The source of every top-level definition by name, and whether it is a function or a class."""
    text = (_ROOT / path).read_text(encoding="utf-8")
    lines = text.splitlines()
    found: dict[str, tuple[str, bool]] = {}
    for node in ast.parse(text).body:
        is_block = isinstance(node, ast.FunctionDef | ast.ClassDef)
        if isinstance(node, ast.FunctionDef | ast.ClassDef):
            name = node.name
        elif isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name):
            name = node.targets[0].id
        else:
            continue
        assert node.end_lineno is not None
        found[name] = "\n".join(lines[node.lineno - 1 : node.end_lineno]), is_block
    return found
