"""The settings of each kind of layer as form fields, read off its spec: bounds, choices, words for a number."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Any

from dlcore.specs.layer_kinds import LAYER_KINDS
from dlcore.specs.layers import Layer
from dlcore.training.activations import ACTIVATIONS

_NOT_SET_HERE = ("kind", "layers")  # the menu sets the one, and inner layers are rows of their own


@dataclass(frozen=True, slots=True, kw_only=True)
class SettingText:
    """How one setting is called and explained; `empty` is what it means to give none."""

    title: str
    help: str
    empty: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Field:
    """One setting: a number from `least` to `most`, or one of `choices` (value, title), or a number or a `word`.

    `word` is (value, title): a value that is no number, "same" for a padding or none for a stride like the kernel.
    """

    name: str
    title: str
    help: str
    least: float | None = None
    most: float | None = None
    step: float = 1
    choices: tuple[tuple[Any, str], ...] = ()
    word: tuple[Any, str] | None = None


TEXTS: dict[str, SettingText] = {
    "units": SettingText(title="units", help="How many units the layer has; each gives one number."),
    "channels": SettingText(title="channels", help="How many kernels there are; each makes one map of its own."),
    "kernel": SettingText(title="kernel", help="Size of the window that slides over the input, along each axis."),
    "stride": SettingText(
        title="stride", help="How far the window moves from one place to the next.", empty="= kernel"
    ),
    "padding": SettingText(title="padding", help="Places added around the input, so that windows reach its border."),
    "dilation": SettingText(title="dilation", help="Distance between neighbouring places that the kernel reads."),
    "groups": SettingText(title="groups", help="Parts of the channels that do not see each other; 1: all see all."),
    "output_padding": SettingText(title="extra", help="Places added at one end of the output, below the stride."),
    "rate": SettingText(title="rate", help="Probability with which each value is silenced in an update."),
    "function": SettingText(title="function", help="The function that each value goes through by itself."),
    "shortcut": SettingText(
        title="shortcut", help="What is added to the inner layers' output: the input itself, or its projection."
    ),
    "factor": SettingText(title="factor", help="How many times larger the map becomes along each axis."),
    "mode": SettingText(title="mode", help="Nearest repeats values; linear passes smoothly from one to the next."),
    "vocabulary": SettingText(title="vocabulary", help="How many different tokens there are."),
    "width": SettingText(title="width", help="How many learned numbers each token gets."),
}
_CHOICES = {"function": tuple((row.name, row.title) for row in ACTIVATIONS if row.hidden)}


@cache
def fields_of(kind: type[Layer]) -> tuple[Field, ...]:
    """The fields of a kind of layer, in the order of its spec. Raises: ValueError: one that no form can show."""
    properties = kind.model_json_schema()["properties"]
    return tuple(_field(name, schema) for name, schema in properties.items() if name not in _NOT_SET_HERE)


def every_setting() -> frozenset[str]:
    """The names of all settings of all kinds."""
    return frozenset(field.name for row in LAYER_KINDS for field in fields_of(row.spec))


def _field(name: str, schema: dict[str, Any]) -> Field:
    text = TEXTS.get(name)
    if text is None:
        raise ValueError(f"{name}: expected a setting with a title and a help; there is none in ui.builder.fields")
    choices = _CHOICES.get(name) or tuple((value, str(value)) for value in schema.get("enum", ()))
    if choices:
        return Field(name=name, title=text.title, help=text.help, choices=choices)
    numbers = [part for part in schema.get("anyOf", [schema]) if part.get("type") in ("integer", "number")]
    words = [part for part in schema.get("anyOf", []) if part not in numbers]
    if len(numbers) != 1 or len(words) > 1:
        raise ValueError(f"{name}: expected a number, a choice, or a number or a word; received {schema}")
    bounds = numbers[0]
    whole = bounds["type"] == "integer"
    most = bounds.get("maximum", bounds.get("exclusiveMaximum", 0) - 1)
    word = None
    if words:
        value = words[0].get("const")
        word = (value, text.empty if value is None else str(value))
    return Field(
        name=name,
        title=text.title,
        help=text.help,
        least=bounds["minimum"],
        most=most,
        step=1 if whole else 0.1,
        word=word,
    )
