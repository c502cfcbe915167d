"""The base of every spec: frozen, validated, JSON in and JSON out, with one clear sentence for a bad value."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any, Self

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from dlcore.specs.sentence import path_shown, sentence, shown


class SpecError(ValueError):
    """A spec was refused; the text is one sentence for the person who wrote it."""


def live(default: Any, **constraints: Any) -> Any:
    """A field that may change while a run trains; every other field needs a rebuild."""
    return Field(default, json_schema_extra={"live": True}, **constraints)


class Spec(BaseModel):
    """A frozen part of an experiment; equal specs describe equal experiments."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True, allow_inf_nan=False)

    @classmethod
    def parse(cls, source: str | Mapping[str, Any]) -> Self:
        """Read a spec from JSON text or from plain Python values (which may hold specs).

        Raises: SpecError: the text is no JSON or a value is not allowed.
        """
        text = source if isinstance(source, str) else _write_json(source)
        value = read_json(text)
        try:
            return cls.model_validate_json(text)
        except ValidationError as error:
            raise SpecError(sentence(error, value)) from None

    def __reduce__(self) -> tuple[Any, ...]:
        # to a worker as JSON: the classes made from registry rows have no address that pickle could look up
        return type(self).parse, (self.as_json(),)

    def as_json(self, *, indent: int | None = None) -> str:
        """The whole spec as JSON text; `parse` reads it back to an equal spec."""
        return self.model_dump_json(indent=indent)

    def as_dict(self) -> dict[str, Any]:
        """The whole spec as plain JSON values."""
        return self.model_dump(mode="json")

    def replace(self, changes: Mapping[str, Any]) -> Self:
        """The same spec with other values at dotted paths, set one after the other and validated as a whole.

        `replace({"training.learning_rate": 0.1, "network.layers.0.units": 8})`. Naming another `kind` for a part
        starts that part from its defaults.

        Raises: SpecError: a path does not exist or the new spec is not allowed.
        """
        values = self.as_dict()
        for path, value in changes.items():
            _set(values, path, value)
        return type(self).parse(values)


def read_json(text: str) -> Any:
    """The plain values of a JSON text. Raises: SpecError: it is no JSON, or nested too deeply to be read."""
    try:
        return json.loads(text)
    except json.JSONDecodeError as error:
        raise SpecError(f"This is not valid JSON: {error}.") from None
    except RecursionError:
        raise SpecError("This JSON is nested too deeply to be a spec.") from None
    except ValueError:  # Python refuses to convert whole numbers of more than 4,300 digits
        raise SpecError("This JSON holds a number with too many digits to be a spec.") from None


def differences(old: Spec, new: Spec) -> dict[str, Any]:
    """The dotted paths whose values differ between two specs of one class, with the new values as plain JSON values.

    `old.replace(differences(old, new))` equals `new`.
    """
    found: dict[str, Any] = {}
    _compare(old, new, "", found)
    return found


def is_live(spec: Spec, path: str) -> bool:
    """Whether the field at a dotted path may change while a run trains.

    An item of a list is as live as the list, and so are the settings of a part that is not set.

    Raises: SpecError: there is no such field.
    """
    part: Any = spec
    answer = False
    for name in path.split("."):
        if isinstance(part, Spec):
            field = type(part).model_fields.get(name)
            if field is None:
                raise SpecError(f"{path_shown(path)}: there is no such field.")
            extra = field.json_schema_extra
            answer = isinstance(extra, dict) and bool(extra.get("live"))
            part = getattr(part, name)
        elif isinstance(part, tuple):
            part = part[_index(part, name, path)]
        elif part is not None:
            raise SpecError(f"{path_shown(path)}: there is no such field.")
    return answer


def is_live_change(old: Spec, new: Spec) -> bool:
    """Whether a run can go from one spec to the other while it trains: all that differs is live.

    Items of lists of one length are compared one by one, so that a setting of one layer may be live.
    """
    if type(old) is not type(new):
        return False
    for name, field in type(old).model_fields.items():
        extra = field.json_schema_extra
        is_live_field = isinstance(extra, dict) and bool(extra.get("live"))
        if not _is_live_step(getattr(old, name), getattr(new, name), is_live_field):
            return False
    return True


def _is_live_step(old: Any, new: Any, is_live_field: bool) -> bool:
    if old == new:
        return True
    if isinstance(old, Spec) and type(old) is type(new):
        return is_live_change(old, new)
    if isinstance(old, tuple) and isinstance(new, tuple) and len(old) == len(new):
        return all(_is_live_step(one, other, is_live_field) for one, other in zip(old, new, strict=True))
    return is_live_field


def _write_json(source: Any) -> str:
    try:
        return json.dumps(source, default=_plain)
    except (TypeError, ValueError, RecursionError) as error:
        raise SpecError(f"This is not a spec that JSON can hold: {error}.") from None


def _plain(value: Any) -> Any:
    if isinstance(value, Spec):
        return value.as_dict()
    if isinstance(value, Mapping):
        return dict(value)
    raise TypeError(f"it holds a value of type {type(value).__name__}")


def _set(values: dict[str, Any], path: str, value: Any) -> None:
    *parents, last = path.split(".")
    part: Any = values
    for name in parents:
        part = _child(part, name, path)
    if isinstance(part, list):
        part[_index(part, last, path)] = value
    elif not isinstance(part, dict):
        raise SpecError(f"{path_shown(path)}: there is no such field.")
    elif last == "kind" and part.get("kind") != value:
        part.clear()
        part["kind"] = value
    else:
        part[last] = value  # whether there is such a field is seen when the whole is validated


def _child(part: Any, name: str, path: str) -> Any:
    if isinstance(part, list):
        return part[_index(part, name, path)]
    if not isinstance(part, dict) or name not in part:
        raise SpecError(f"{path_shown(path)}: there is no such field.")
    if isinstance(part[name], str):
        part[name] = {"kind": part[name]}  # the short form of a part, set by a change before this one
    elif isinstance(part[name], Spec):
        part[name] = part[name].as_dict()
    elif part[name] is None:
        raise SpecError(f"{path_shown(path)}: {name} is not set, so it has no settings; set {name} as a whole.")
    return part[name]


def _index(part: list[Any] | tuple[Any, ...], name: str, path: str) -> int:
    if name.isascii() and name.isdecimal() and len(name) < 10 and int(name) < len(part):
        return int(name)
    if not part:
        raise SpecError(f"{path_shown(path)}: there is no such item, for the list is empty.")
    raise SpecError(
        f"{path_shown(path)}: expected the number of an item from 0 to {len(part) - 1}; received {shown(name)}."
    )


def _compare(old: Any, new: Any, path: str, found: dict[str, Any]) -> None:
    if isinstance(old, Spec) and type(old) is type(new):
        for name in type(old).model_fields:
            _compare(getattr(old, name), getattr(new, name), f"{path}.{name}" if path else name, found)
    elif old != new:
        found[path] = json.loads(_write_json(new))
