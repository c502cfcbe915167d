"""A list of layers in which each keeps its name while others come and go: what the editor moves about."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from dlcore.specs import limits
from dlcore.specs.edits import Edit, Path
from dlcore.specs.layers import Layer, PlainLayer, ResidualLayer


class CannotEdit(ValueError):
    """An edit was refused; the text is one sentence for the learner."""


@dataclass(frozen=True, slots=True)
class Item:
    """One layer with its name; `inner` are the items of a residual block's layers."""

    id: str
    layer: Layer
    inner: tuple[Item, ...] = ()


@dataclass(frozen=True, slots=True)
class Stack:
    """All layers from the input to the scores."""

    items: tuple[Item, ...] = ()

    @property
    def layers(self) -> tuple[Layer, ...]:
        """The layers as specs."""
        return tuple(item.layer for item in self.items)

    def every(self) -> Iterator[tuple[Path, Item]]:
        """All items with their places; a block comes before its inner layers."""
        for number, item in enumerate(self.items):
            yield (number,), item
            for inner, part in enumerate(item.inner):
                yield (number, inner), part

    def find(self, id: str) -> Path:
        """The place of an item. Raises: CannotEdit: it is not there (any more)."""
        for path, item in self.every():
            if item.id == id:
                return path
        raise CannotEdit("This layer is no longer there.")

    def at(self, path: Path) -> Item:
        """The item at a place. Raises: IndexError: there is none."""
        item = self.items[path[0]]
        return item if len(path) == 1 else item.inner[path[1]]

    def insert(self, path: Path, item: Item) -> Stack:
        """With an item before the one at `path`, or at the end of the list. Raises: CannotEdit: it cannot be there."""
        if len(path) == 1:
            if len(self.items) >= limits.LAYERS:
                raise CannotEdit(f"There are {limits.LAYERS} layers, and that is the limit; remove one first.")
            return Stack(_inserted(self.items, path[0], item))
        block = self.items[path[0]]
        if isinstance(item.layer, ResidualLayer):
            raise CannotEdit("A residual block holds no other residual block.")
        if len(block.inner) >= limits.INNER_LAYERS:
            raise CannotEdit(f"A residual block holds {limits.INNER_LAYERS} layers at most; remove one of them first.")
        return self._with_inner(path[0], _inserted(block.inner, path[1], item))

    def remove(self, path: Path) -> Stack:
        """Without the item at `path`. Raises: CannotEdit: it is the last one in its block."""
        if len(path) == 1:
            return Stack(self.items[: path[0]] + self.items[path[0] + 1 :])
        inner = self.items[path[0]].inner
        if len(inner) == 1:
            raise CannotEdit("A residual block holds at least one layer; remove the block instead.")
        return self._with_inner(path[0], inner[: path[1]] + inner[path[1] + 1 :])

    def replace(self, path: Path, layer: Layer) -> Stack:
        """With another layer at `path`, which keeps the item's name, and the names of inner layers that remain."""
        old = self.at(path)
        item = _item(layer, old.id, old.inner)
        if len(path) == 1:
            return Stack((*self.items[: path[0]], item, *self.items[path[0] + 1 :]))
        inner = self.items[path[0]].inner
        return self._with_inner(path[0], (*inner[: path[1]], item, *inner[path[1] + 1 :]))

    def move(self, path: Path, to: Path) -> Stack:
        """With the item at `path` taken out and put before the place `to` of what remains. Raises: CannotEdit."""
        return self.remove(path).insert(to, self.at(path))

    def apply(self, edits: Sequence[Edit], names: Iterator[str]) -> Stack:
        """With the edits of a remedy, one after the other; new layers get the next of `names`."""
        changed = self
        for edit in edits:
            match edit.action, edit.layer:
                case "remove", _:
                    changed = changed.remove(edit.path)
                case "insert", layer if layer is not None:
                    changed = changed.insert(edit.path, named(layer, names))
                case "replace", layer if layer is not None:
                    changed = changed.replace(edit.path, layer)
        return changed

    def follow(self, layers: Sequence[Layer], names: Iterator[str]) -> Stack:
        """Other layers from elsewhere; those at both ends that are the same keep their names."""
        first = 0
        while first < min(len(layers), len(self.items)) and self.items[first].layer == layers[first]:
            first += 1
        last = 0
        while last < min(len(layers), len(self.items)) - first and self.items[-1 - last].layer == layers[-1 - last]:
            last += 1
        middle = (named(layer, names) for layer in layers[first : len(layers) - last])
        return Stack((*self.items[:first], *middle, *self.items[len(self.items) - last :]))

    def _with_inner(self, at: int, inner: tuple[Item, ...]) -> Stack:
        block = self.items[at]
        assert isinstance(block.layer, ResidualLayer)  # nothing else holds inner layers
        plain: list[PlainLayer] = []
        for item in inner:
            assert not isinstance(item.layer, ResidualLayer)  # `insert` has refused it
            plain.append(item.layer)
        layer = ResidualLayer(layers=tuple(plain), shortcut=block.layer.shortcut)
        return Stack((*self.items[:at], replace(block, layer=layer, inner=inner), *self.items[at + 1 :]))


def named(layer: Layer, names: Iterator[str]) -> Item:
    """A layer as an item, with the next names for itself and its inner layers."""
    id = next(names)
    inner = layer.layers if isinstance(layer, ResidualLayer) else ()
    return Item(id, layer, tuple(Item(next(names), part) for part in inner))


def _item(layer: Layer, id: str, inner: tuple[Item, ...]) -> Item:
    if not isinstance(layer, ResidualLayer):
        return Item(id, layer)
    known = [item.id for item in inner]
    ids = [known[k] if k < len(known) else f"{id}.{k}" for k in range(len(layer.layers))]
    return Item(id, layer, tuple(Item(name, part) for name, part in zip(ids, layer.layers, strict=True)))


def _inserted(items: tuple[Item, ...], at: int, item: Item) -> tuple[Item, ...]:
    return (*items[:at], item, *items[at:])
