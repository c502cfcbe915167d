"""A whole experiment in a link: the spec, as far as it differs from its lab's default, and the hidden controls.

`spec=1.<text>`: version 1; the text is base64url of zlib of JSON `{"kind": …, "set": {path: value}, "hide": [name]}`.
A link comes from strangers: its length, its unpacked length and every value are bounded and checked.
"""

from __future__ import annotations

import base64
import binascii
import json
import zlib
from collections.abc import Mapping
from typing import Any, NamedTuple

from dlcore.labs.registry import find_lab
from dlcore.specs import limits
from dlcore.specs.experiment import Experiment
from dlcore.specs.spec import SpecError, differences
from dlcore.specs.supervised import Supervised
from ui.controls.registry import NAMES

PARAMETER = "spec"
LINK_CHARACTERS = 8_000  # what browsers, proxies and chats carry safely
_VERSION = "1."
_HUNDREDTHS = 100  # hand-drawn points lie on a grid of 0.01, and whole numbers are shorter


class Shared(NamedTuple):
    """What a link gives: the spec, the hidden controls, and a sentence where the link could not be read."""

    spec: Experiment
    hidden: frozenset[str]
    message: str | None


def to_query(spec: Experiment, hidden: frozenset[str] = frozenset()) -> str:
    """The query of a link to this experiment, `spec=…`, in letters that need no escaping in an address."""
    return f"{PARAMETER}={encode(spec, hidden)}"


def encode(spec: Experiment, hidden: frozenset[str] = frozenset()) -> str:
    """The value of the parameter `spec` in a link to this experiment."""
    changes = {path: _pack(value) for path, value in differences(find_lab(spec.kind).spec(), spec).items()}
    content: dict[str, Any] = {"kind": spec.kind, "set": changes}
    if hidden:
        content["hide"] = sorted(hidden)
    packed = zlib.compress(json.dumps(content, separators=(",", ":")).encode(), 9)
    return _VERSION + base64.urlsafe_b64encode(packed).decode().rstrip("=")


def from_query(parameters: Mapping[str, str], default: Experiment | None = None) -> Shared:
    """What a link's parameters ask for; without the parameter `spec`, or with a broken one, the default experiment.

    Broken is also a link to another kind of experiment than `default`, which is a page's own (None: the Playground's).
    """
    wanted = default or Supervised()
    text = parameters.get(PARAMETER)
    if text is None:
        return Shared(wanted, frozenset(), None)
    try:
        spec, hidden = decode(text)
        if type(spec) is not type(wanted):
            raise SpecError(f"It is for another page: {find_lab(spec.kind).title}.")
    except SpecError as error:
        return Shared(wanted, frozenset(), f"This link could not be read, so here is the default experiment. {error}")
    return Shared(spec, hidden, None)


def decode(text: str) -> tuple[Experiment, frozenset[str]]:
    """The spec and the hidden controls that `encode` wrote. Raises: SpecError: the text is not from there."""
    content = _content(text)
    changes, hidden = content.get("set", {}), content.get("hide", [])
    if set(content) - {"kind", "set", "hide"} or not isinstance(changes, dict) or not isinstance(hidden, list):
        raise SpecError("It holds something else than an experiment.")
    for name in hidden:
        if not isinstance(name, str) or name not in NAMES:
            raise SpecError(f"It hides a control that does not exist: {str(name)[:60]!r}.")
    try:
        row = find_lab(content.get("kind"))
    except ValueError as error:
        raise SpecError(f"{error}.") from None
    return row.spec().replace({path: _unpack(value) for path, value in changes.items()}), frozenset(hidden)


def too_long(query: str) -> str | None:
    """A sentence where a query of `to_query` makes too long a link, or None."""
    if len(query) <= LINK_CHARACTERS:
        return None
    return (
        f"This experiment is too large for a link: {len(query):,} characters, and many programs cut links after "
        f"{LINK_CHARACTERS:,}. Download it as a file instead."
    )


def _content(text: str) -> dict[str, Any]:
    if not text.startswith(_VERSION):
        raise SpecError("It was made by another version of LayerLab, or part of it is missing.")
    text = text.removeprefix(_VERSION)
    if len(text) > limits.SPEC_CHARACTERS:
        raise SpecError(f"It is longer than {limits.SPEC_CHARACTERS:,} characters.")
    try:
        packed = base64.b64decode(text + "=" * (-len(text) % 4), altchars=b"-_", validate=True)
        unpacker = zlib.decompressobj()
        # a few bytes can unpack to gigabytes: unpack no more than an experiment may have
        content = unpacker.decompress(packed, limits.SPEC_CHARACTERS)
        if not unpacker.eof:
            raise SpecError("Part of it is missing, or it unpacks to more than an experiment may have.")
        values = json.loads(content)
    except (binascii.Error, zlib.error, ValueError, RecursionError) as error:
        if isinstance(error, SpecError):
            raise
        raise SpecError("Part of it is missing or was changed on the way.") from None
    if not isinstance(values, dict):
        raise SpecError("It holds something else than an experiment.")
    return values


def _pack(value: Any) -> Any:
    """Hand-drawn points as three columns, in whole hundredths where all lie on that grid; all else as it is."""
    if not isinstance(value, dict) or value.get("kind") != "drawn":
        return value
    points = value["points"]
    places = [point[axis] for axis in ("x1", "x2") for point in points]
    per = _HUNDREDTHS if all(round(place * _HUNDREDTHS) / _HUNDREDTHS == place for place in places) else 1
    columns = {axis: [_times(point[axis], per) for point in points] for axis in ("x1", "x2")}
    return value | {"points": columns | {"label": [point["label"] for point in points], "per": per}}


def _times(place: float, per: int) -> float:
    return round(place * per) if per > 1 else place


def _unpack(value: Any) -> Any:
    if not isinstance(value, dict) or not isinstance(value.get("points"), dict):
        return value
    columns = value["points"]
    try:
        rows = [
            {"x1": x1 / columns["per"], "x2": x2 / columns["per"], "label": label}
            for x1, x2, label in zip(columns["x1"], columns["x2"], columns["label"], strict=True)
        ]
    except (KeyError, TypeError, ValueError, ArithmeticError):
        raise SpecError("Its drawn points are damaged.") from None
    return value | {"points": rows}
