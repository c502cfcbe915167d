"""The stack that a learner works on: it may not fit yet, every edit can be undone, and nothing typed is lost."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import count
from typing import Any
from uuid import uuid4

from dlcore.networks.repairs import Repair, repair, repaired
from dlcore.networks.shapes import Walk, walk, where
from dlcore.networks.signal import Signal
from dlcore.networks.starting_points import STARTING_POINTS, StartingPoint
from dlcore.specs.edits import Path
from dlcore.specs.layer_kinds import LAYER_KINDS, kind_of
from dlcore.specs.layers import Layer, ResidualLayer
from dlcore.specs.spec import SpecError
from dlcore.training.rows import find
from ui.builder.fields import Field, fields_of
from ui.builder.stack import CannotEdit, Item, Stack, named

HISTORY = 100  # edits that can be undone
TEXT = 40  # characters that may be typed into a field
EMPTY = "empty"  # the starting point without any layer
_NAME = re.compile(r"[a-z0-9-]{1,24}")  # of a new layer, chosen by the browser so that it can go on with it at once


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """What the data ask for: one sample as it comes in, and how many scores are to come out."""

    given: Signal
    scores: int


@dataclass(frozen=True, slots=True, kw_only=True)
class BadText:
    """What was typed into a field and could not be taken, with the sentence that says why."""

    text: str
    sentence: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Working:
    """The stack, what undo and redo bring, what was typed in vain, and what to tell about the last edit."""

    stack: Stack = field(default_factory=Stack)
    past: tuple[Stack, ...] = ()
    future: tuple[Stack, ...] = ()
    typing: tuple[str, str] | None = None  # the item and the field that are being typed in: one step of undo
    refused: Mapping[tuple[str, str], BadText] = field(default_factory=dict)
    said: str = ""

    def walk(self, wanted: Wanted) -> Walk:
        """What every layer makes of these data, up to the first that does not fit."""
        return walk(self.stack.layers, wanted.given, scores=wanted.scores)

    def remedy(self, wanted: Wanted) -> Repair | None:
        """What would mend the first layer that does not fit."""
        return repair(self.stack.layers, self.walk(wanted), scores=wanted.scores)

    def take(self, layers: Sequence[Layer]) -> Working:
        """Layers from elsewhere (an example, Back in the browser); undo brings the present ones back."""
        return self._changed(self.stack.follow(layers, _names()), "The layers were changed.")

    def obey(self, command: Mapping[str, Any], wanted: Wanted) -> Working:
        """The working stack after one command of the browser; a refused one only says why.

        Commands: `add` {kind, new, after}, `remove` {id}, `duplicate` {id, new}, `move` {id, by} or {id, before, into},
        `set` {id, field, text, typing}, `settle`, `fix` {title}, `undo`, `redo`, `start` {name}.
        """
        known = _COMMANDS.get(str(command.get("do")))
        try:
            if known is None:
                raise CannotEdit(f"do: expected one of {', '.join(_COMMANDS)}; received {command.get('do')!r}.")
            return known(self, command, wanted)
        except CannotEdit as refusal:
            return replace(self, said=str(refusal))

    def _changed(self, stack: Stack, said: str, typing: tuple[str, str] | None = None) -> Working:
        if stack == self.stack:
            return replace(self, said=said, typing=typing)
        goes_on = typing is not None and typing == self.typing
        past = self.past if goes_on else (*self.past, self.stack)[-HISTORY:]
        there = {item.id for _, item in stack.every()}
        refused = {key: bad for key, bad in self.refused.items() if key[0] in there}
        return replace(self, stack=stack, past=past, future=(), typing=typing, refused=refused, said=said)


def _add(working: Working, command: Mapping[str, Any], _wanted: Wanted) -> Working:
    row = next((row for row in LAYER_KINDS if row.name == command.get("kind")), None)
    if row is None:
        raise CannotEdit(f"kind: expected a kind of layer; received {str(command.get('kind'))[:TEXT]!r}.")
    stack, after = working.stack, command.get("after")
    path: Path = (0,) if after is None else _behind(stack.find(str(after)))
    if row.spec is ResidualLayer:
        path = path if len(path) == 1 else (path[0] + 1,)  # a block stands behind the one that it may not stand in
    changed = stack.insert(path, named(row.spec(), _names(_new(working, command))))
    return working._changed(changed, f"{row.title} added as {_low(path)}.")


def _remove(working: Working, command: Mapping[str, Any], _wanted: Wanted) -> Working:
    path = working.stack.find(str(command.get("id")))
    title = kind_of(working.stack.at(path).layer).title
    return working._changed(working.stack.remove(path), f"{where(path)}, {title}, removed.")


def _duplicate(working: Working, command: Mapping[str, Any], _wanted: Wanted) -> Working:
    path = working.stack.find(str(command.get("id")))
    layer = working.stack.at(path).layer
    copy = named(layer, _names(_new(working, command)))
    changed = working.stack.insert(_behind(path), copy)
    return working._changed(changed, f"{kind_of(layer).title} duplicated as {_low(_behind(path))}.")


def _move(working: Working, command: Mapping[str, Any], _wanted: Wanted) -> Working:
    stack = working.stack
    path = stack.find(str(command.get("id")))
    item = stack.at(path)
    if command.get("by") in (-1, 1):
        siblings = stack.items if len(path) == 1 else stack.items[path[0]].inner
        to: Path = (*path[:-1], path[-1] + command["by"])
        if not 0 <= to[-1] < len(siblings):
            raise CannotEdit(f"{where(path)} is the {'first' if to[-1] < 0 else 'last'} one already.")
    else:
        to = _place(stack.remove(path), item, command)
    changed = stack.move(path, to)
    return working._changed(changed, f"{kind_of(item.layer).title} is {_low(changed.find(item.id))} now.")


def _place(left: Stack, moved: Item, command: Mapping[str, Any]) -> Path:
    """The place before the item `before`, or at the end of the block `into`, or at the end of all."""
    if command.get("before") is not None:
        if any(item.id == command["before"] for item in (moved, *moved.inner)):
            raise CannotEdit("A layer cannot be moved into itself.")
        return left.find(str(command["before"]))
    if command.get("into") is None:
        return (len(left.items),)
    path = left.find(str(command["into"]))
    return (*path, len(left.at(path).inner))


def _set(working: Working, command: Mapping[str, Any], _wanted: Wanted) -> Working:
    path = working.stack.find(str(command.get("id")))
    item, name, text = working.stack.at(path), str(command.get("field")), str(command.get("text"))
    setting = next((setting for setting in fields_of(type(item.layer)) if setting.name == name), None)
    if setting is None:
        raise CannotEdit(f"{kind_of(item.layer).title} has no setting of the name {name[:TEXT]!r}.")
    key = (item.id, name)
    try:
        layer = type(item.layer).parse(item.layer.as_dict() | {name: _value(setting, text)})
    except SpecError as error:
        bad = BadText(text=text[:TEXT], sentence=str(error))
        return replace(working, refused={**working.refused, key: bad}, said=bad.sentence, typing=None)
    refused = {other: bad for other, bad in working.refused.items() if other != key}
    said = f"{where(path)}: {setting.title} {text.strip() or (setting.word or ('', ''))[1]}."
    typing = key if command.get("typing") else None
    return replace(working, refused=refused)._changed(working.stack.replace(path, layer), said, typing)


def _settle(working: Working, _command: Mapping[str, Any], _wanted: Wanted) -> Working:
    return replace(working, typing=None)


def _fix(working: Working, command: Mapping[str, Any], wanted: Wanted) -> Working:
    remedy = working.remedy(wanted)
    if remedy is None or remedy.title != command.get("title"):
        raise CannotEdit("The layers have changed, and this remedy is no longer the one.")
    return working._changed(working.stack.apply(remedy.edits, _names()), f"{remedy.title}: done.")


def _undo(working: Working, _command: Mapping[str, Any], _wanted: Wanted) -> Working:
    if not working.past:
        raise CannotEdit("There is nothing to undo.")
    *past, stack = working.past
    future = (working.stack, *working.future)
    return replace(working, stack=stack, past=tuple(past), future=future, typing=None, refused={}, said="Undone.")


def _redo(working: Working, _command: Mapping[str, Any], _wanted: Wanted) -> Working:
    if not working.future:
        raise CannotEdit("There is nothing to redo.")
    stack, *future = working.future
    past = (*working.past, working.stack)
    return replace(working, stack=stack, past=past, future=tuple(future), typing=None, refused={}, said="Done again.")


def _start(working: Working, command: Mapping[str, Any], wanted: Wanted) -> Working:
    if command.get("name") == EMPTY:
        return working._changed(Stack(), "All layers are gone. Undo brings them back.")
    row = starting_point(command.get("name"))
    layers = repaired(row.layers, wanted.given, scores=wanted.scores)
    said = f"{row.title}." if layers == row.layers else f"{row.title}, fitted to these data."
    return working._changed(Stack().follow(layers, _names()), said)


def starting_point(name: Any) -> StartingPoint:
    """The starting point of a name that came from a browser. Raises: CannotEdit: there is none."""
    try:
        return find(STARTING_POINTS, str(name), "name")
    except ValueError as error:
        raise CannotEdit(f"{error}.") from None


_COMMANDS: dict[str, Callable[[Working, Mapping[str, Any], Wanted], Working]] = {
    "add": _add,
    "remove": _remove,
    "duplicate": _duplicate,
    "move": _move,
    "set": _set,
    "settle": _settle,
    "fix": _fix,
    "undo": _undo,
    "redo": _redo,
    "start": _start,
}


def _value(setting: Field, text: str) -> Any:
    """What a text means in a field: one of its choices, its word, a number; else the text, which the spec refuses."""
    text = text.strip()
    for value, _title in setting.choices:
        if text == str(value):
            return value
    if setting.word is not None and text in (setting.word[1], "" if setting.word[0] is None else setting.word[0]):
        return setting.word[0]
    if len(text) > TEXT or not re.fullmatch(r"-?\d+(\.\d*)?|-?\.\d+", text, re.ASCII):
        return text
    return float(text) if "." in text else int(text)


def _behind(path: Path) -> Path:
    return (*path[:-1], path[-1] + 1)


def _low(path: Path) -> str:
    return where(path).lower()


def _new(working: Working, command: Mapping[str, Any]) -> str:
    name = str(command.get("new"))
    if not _NAME.fullmatch(name) or any(item.id == name for _, item in working.stack.every()):
        raise CannotEdit(f"new: expected a name that no layer has; received {name[:TEXT]!r}.")
    return name


def _names(first: str | None = None) -> Iterator[str]:
    """Names for a new layer and those inside of it, or for any number of layers."""
    first = first or f"s{uuid4().hex[:10]}"
    yield first
    for number in count():
        yield f"{first}.{number}"
