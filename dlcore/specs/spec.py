"""The base of every spec: frozen, validated, JSON in and JSON out, with one clear sentence for a bad value."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any, Self

from pydantic import BaseModel, ConfigDict, Field, ValidationError


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
        """Read a spec from JSON text or from plain Python values.

        Raises: SpecError: the text is no JSON or a value is not allowed.
        """
        try:
            text = source if isinstance(source, str) else json.dumps(source)
            return cls.model_validate_json(text)
        except ValidationError as error:
            raise SpecError(sentence(error)) from None
        except (TypeError, ValueError, RecursionError) as error:
            raise SpecError(f"This is not a spec that JSON can hold: {error}.") from None

    def as_json(self, *, indent: int | None = None) -> str:
        """The whole spec as JSON text; `parse` reads it back to an equal spec."""
        return self.model_dump_json(indent=indent)

    def as_dict(self) -> dict[str, Any]:
        """The whole spec as plain JSON values."""
        return self.model_dump(mode="json")

    def replace(self, changes: Mapping[str, Any]) -> Self:
        """The same spec with other values at dotted paths, validated as a whole.

        `replace({"training.learning_rate": 0.1, "network.layers.0.units": 8})`. Naming another `kind` for a part
        starts that part from its defaults.

        Raises: SpecError: a path does not exist or the new spec is not allowed.
        """
        values = self.as_dict()
        for path, value in changes.items():
            _set(values, path, value)
        return type(self).parse(values)


def differences(old: Spec, new: Spec) -> dict[str, Any]:
    """The dotted paths whose values differ between two specs of one class, with the new values."""
    found: dict[str, Any] = {}
    _compare(old, new, "", found)
    return found


def is_live(spec: Spec, path: str) -> bool:
    """Whether the field at a dotted path may change while a run trains."""
    *parents, last = path.split(".")
    part: Any = spec
    for name in parents:
        part = part[int(name)] if isinstance(part, tuple) else getattr(part, name)
    if not isinstance(part, Spec):
        return False
    extra = type(part).model_fields[last].json_schema_extra
    return isinstance(extra, dict) and bool(extra.get("live"))


def sentence(error: ValidationError) -> str:
    """The first problem of a pydantic error as one sentence: field, expectation, value received."""
    problem = error.errors(include_url=False)[0]
    where = ".".join(str(step) for step in problem["loc"] if not _is_tag(step, problem))
    if problem["type"] == "json_invalid":
        return f"This is not valid JSON: {problem['ctx']['error']}."
    if problem["type"] == "missing":
        return f"{where}: this field is required, and it is missing."
    if problem["type"] == "extra_forbidden":
        return f"{where}: there is no such field."
    said = problem["msg"].removeprefix("Value error, ").removeprefix("Assertion failed, ").rstrip(".")
    if problem["type"] == "value_error":
        return f"{where}: {said}." if where else f"{said}."
    said = said[0].lower() + said[1:]
    return f"{where or 'the spec'}: {said}; received {_short(problem['input'])}."


def _is_tag(step: Any, problem: Any) -> bool:
    # pydantic puts the tag of a discriminated union into the location; a learner never wrote it there
    return isinstance(step, str) and step in TAGS and problem["loc"][-1] != step


TAGS: set[str] = set()


def tag(*names: str) -> None:
    """Tell `sentence` the tags of a discriminated union."""
    TAGS.update(names)


def _short(value: Any) -> str:
    text = json.dumps(value, default=str) if not isinstance(value, str) else repr(value)
    return text if len(text) <= 60 else text[:57] + "..."


def _set(values: dict[str, Any], path: str, value: Any) -> None:
    *parents, last = path.split(".")
    part: Any = values
    for name in [*parents, last][:-1]:
        part = _child(part, name, path)
    if isinstance(part, list):
        _child(part, last, path)
        part[int(last)] = value
    elif not isinstance(part, dict) or last not in part:
        raise SpecError(f"{path}: there is no such field.")
    elif last == "kind" and part["kind"] != value:
        part.clear()
        part["kind"] = value
    else:
        part[last] = value


def _child(part: Any, name: str, path: str) -> Any:
    if isinstance(part, dict) and name in part:
        return part[name]
    if isinstance(part, list) and name.isdecimal() and int(name) < len(part):
        return part[int(name)]
    raise SpecError(f"{path}: there is no such field.")


def _compare(old: Any, new: Any, path: str, found: dict[str, Any]) -> None:
    if isinstance(old, Spec) and type(old) is type(new):
        for name in type(old).model_fields:
            _compare(getattr(old, name), getattr(new, name), f"{path}.{name}" if path else name, found)
    elif old != new:
        found[path] = new.as_dict() if isinstance(new, Spec) else new
