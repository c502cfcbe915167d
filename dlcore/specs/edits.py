"""Changes to a list of layers as values: insert, replace, remove; a fix that is offered is a few of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from dlcore.specs.layers import Layer, PlainLayer, ResidualLayer

Path = tuple[int, ...]  # where a layer is, from 0: (3,) is the fourth layer, (3, 1) the second one inside of it


@dataclass(frozen=True, slots=True, kw_only=True)
class Edit:
    """One change: `insert` puts `layer` before the one at `path` (or at the end), `remove` takes none."""

    action: Literal["insert", "replace", "remove"]
    path: Path
    layer: Layer | None = None


def apply_edits(layers: Sequence[Layer], edits: Sequence[Edit]) -> tuple[Layer, ...]:
    """The list of layers after the changes, one after the other.

    Raises: ValueError: a path leads nowhere, a layer is missing, or a residual block would hold what it may not.
    """
    changed = tuple(layers)
    for edit in edits:
        changed = _apply(changed, edit)
    return changed


def _apply(layers: tuple[Layer, ...], edit: Edit) -> tuple[Layer, ...]:
    last = len(layers) if edit.action == "insert" and len(edit.path) == 1 else len(layers) - 1
    if not edit.path or not 0 <= edit.path[0] <= last:
        raise ValueError(f"path: expected the place of a layer, its first number at most {last}; received {edit.path}")
    if (edit.layer is None) != (edit.action == "remove"):
        raise ValueError(f"layer: expected {'none' if edit.layer else 'one'} to {edit.action}; received {edit.layer}")
    at, inner = edit.path[0], edit.path[1:]
    if inner:
        block = _inside(layers[at], Edit(action=edit.action, path=inner, layer=edit.layer))
        return (*layers[:at], block, *layers[at + 1 :])
    kept = layers[at:] if edit.action == "insert" else layers[at + 1 :]
    new = () if edit.layer is None else (edit.layer,)
    return (*layers[:at], *new, *kept)


def _inside(block: Layer, edit: Edit) -> ResidualLayer:
    if not isinstance(block, ResidualLayer):
        raise ValueError(f"path: expected a residual block to look into; received {block.kind}")
    inner: list[PlainLayer] = []
    for layer in _apply(block.layers, edit):
        if isinstance(layer, ResidualLayer):
            raise ValueError("layer: a residual block holds no other residual block; received one")
        inner.append(layer)
    return ResidualLayer(layers=tuple(inner), shortcut=block.shortcut)
