"""A pydantic error as one sentence for the person who wrote the spec: field, expectation, value received."""

from __future__ import annotations

import json
import re
from typing import Any

from pydantic import ValidationError
from pydantic_core import ErrorDetails

# what pydantic's kinds of errors mean, with `{names}` from the error's context
_EXPECTED = {
    "greater_than": "more than {gt}",
    "greater_than_equal": "at least {ge}",
    "less_than": "less than {lt}",
    "less_than_equal": "at most {le}",
    "int_type": "a whole number",
    "int_parsing_size": "a whole number of fewer digits",
    "float_type": "a number",
    "finite_number": "a finite number",
    "string_type": "text",
    "bool_type": "true or false",
    "literal_error": "{expected}",
    "tuple_type": "a list",
    "too_long": "at most {max_length} items",
    "too_short": "a list of at least {min_length}",
    "dict_type": "an object with named fields",
    "model_type": "an object with named fields",
    "model_attributes_type": "an object with named fields",
}


def sentence(error: ValidationError, value: Any) -> str:
    """The first problem of an error that validating the plain JSON `value` raised, as one sentence."""
    problems = error.errors(include_url=False)
    problem = problems[0]
    where = _where(problem, value)
    kind, context = problem["type"], problem.get("ctx", {})
    if kind == "json_invalid":
        return f"This is not JSON that can be read: {context['error']}."
    if kind == "missing" and isinstance(problem["loc"][-1], int):
        same = [other for other in problems if other["type"] == "missing" and _where(other, value) == where]
        return f"{where}: expected {len(problem['input']) + len(same)} items; received {shown(problem['input'])}."
    if kind == "missing":
        return f"{where}: this field is required, and it is missing."
    if kind == "extra_forbidden":
        return f"{where}: there is no such field."
    if kind == "union_tag_not_found":
        return f"{_join(where, 'kind')}: this field is required, and it is missing."
    if kind == "union_tag_invalid":
        names = context["expected_tags"].replace("'", "")
        return f"{_join(where, 'kind')}: expected one of {names}; received {shown(context['tag'])}."
    if kind == "value_error":
        return _told(problem, where)
    # a field that may hold one of several kinds of values has one problem for each of them, all in the same place
    choices = [
        other for other in problems if _where(other, value) == where and len(other["loc"]) == len(problem["loc"])
    ]
    expected = " or ".join(dict.fromkeys(_expected(other) for other in choices))
    return f"{where or 'The spec'}: expected {expected}; received {_received(problem)}."


def shown(value: Any) -> str:
    """A value as short text: JSON, or quoted where it is text, with its middle left out where it is long."""
    try:
        text = repr(value) if isinstance(value, str) else json.dumps(value, default=str)
    except (ValueError, RecursionError):  # too many digits, or nested too deeply, to be written down
        text = f"a very large {type(value).__name__}"
    return text if len(text) <= 60 else f"{text[:40]} … {text[-16:]}"


def path_shown(path: str) -> str:
    """A dotted path that somebody asked for as short text; quoted where it can be none."""
    return path if len(path) <= 100 and path.isprintable() else shown(path)


def _where(problem: ErrorDetails, value: Any) -> str:
    """The path to a problem as the learner wrote it.

    Pydantic adds the tags of unions to a location; only the steps that lead through the value itself are kept.
    """
    steps: list[str] = []
    tagged = False
    for number, step in enumerate(problem["loc"], 1):
        if isinstance(value, dict) and value.get("kind") == step and not tagged:
            tagged = True  # the tag of the part that `value` is; a field may have the same name, and then follows
        elif isinstance(value, dict) and step in value:
            value, tagged = value[step], False
            steps.append(_named(step))
        elif isinstance(value, list) and isinstance(step, int) and step < len(value):
            value, tagged = value[step], False
            steps.append(str(step))
        elif number == len(problem["loc"]) and problem["type"] == "missing" and isinstance(step, str):
            steps.append(step)
    return ".".join(steps)


def _named(step: Any) -> str:
    # an unknown field may be called anything: a page of text, control characters, nothing at all
    plain = isinstance(step, str) and re.fullmatch(r"\w{1,40}", step, re.ASCII)
    return str(step) if plain else shown(step)


def _told(problem: ErrorDetails, where: str) -> str:
    """The sentence of one of our own validators, which may begin with the name of the field within its part."""
    said = str(problem["ctx"]["error"])
    name = re.match(r"([a-z_][a-z_0-9.]*): ", said)
    if name is None:
        return f"{where}: {said}." if where else f"{said}."
    if where and (where == name[1] or where.endswith(f".{name[1]}")):
        return f"{where}: {said[name.end() :]}."
    return f"{_join(where, said)}."


def _expected(problem: ErrorDetails) -> str:
    wording = _EXPECTED.get(problem["type"])
    if wording is None:
        message = problem["msg"]
        return f"something else ({message[0].lower()}{message[1:]})"
    return wording.format(**{name: _number(part) for name, part in problem.get("ctx", {}).items()})


def _number(part: Any) -> str:
    return f"{part:,}" if isinstance(part, int) else f"{part:g}" if isinstance(part, float) else str(part)


def _received(problem: ErrorDetails) -> str:
    if problem["type"] in ("too_long", "too_short"):
        return str(problem["ctx"]["actual_length"])
    return shown(problem["input"])


def _join(where: str, name: str) -> str:
    return f"{where}.{name}" if where else name
