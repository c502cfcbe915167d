"""Colours by role: blue positive, orange negative, grey zero; as light `ui/live/js/palette.js` has them."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Palette:
    """The colours that a figure has until the browser gives it those of the theme."""

    positive: str
    negative: str
    zero: str
    train: str
    test: str
    muted: str
    classes: tuple[str, ...]
    layers: tuple[str, ...]
    variants: tuple[str, ...]

    def colour(self, role: str) -> str:
        """The colour of `train test positive negative zero muted layer:<k> class:<k> variant:<k>`.

        Raises: ValueError: there is no such role.
        """
        kind, _, number = role.partition(":")
        lists = {"layer": self.layers, "class": self.classes, "variant": self.variants}
        if kind in lists and number.isdecimal():
            return lists[kind][int(number) % len(lists[kind])]
        if role not in ("positive", "negative", "zero", "train", "test", "muted"):
            raise ValueError(
                "role: expected train, test, positive, negative, zero, muted, layer:<k>, class:<k> or variant:<k>; "
                f"received {role!r}"
            )
        value: str = getattr(self, role)
        return value

    @property
    def diverging(self) -> list[list[float | str]]:
        """A Plotly colour scale from negative over zero to positive."""
        return [[0.0, self.negative], [0.5, self.zero], [1.0, self.positive]]


LIGHT = Palette(
    positive="#0877bd",
    negative="#f08a24",
    zero="#eceff1",
    train="#4f55c4",
    test="#0b7f66",
    muted="#77808a",
    classes=(
        "#f08a24",
        "#0877bd",
        "#12956e",
        "#b6489c",
        "#c9a400",
        "#6a55c9",
        "#4aa8de",
        "#b0313f",
        "#77808a",
        "#86592d",
    ),
    layers=(
        "#6d3aa0",
        "#3b5bb5",
        "#137fa0",
        "#138a66",
        "#648f1c",
        "#a67d00",
        "#c4620f",
        "#bd3849",
        "#962d7b",
    ),
    variants=(
        "#0b6aa8",
        "#c4620f",
        "#12805f",
        "#b6489c",
        "#6a55c9",
        "#8f7000",
        "#b0313f",
        "#5a8018",
        "#137fa0",
        "#5b6570",
        "#86592d",
        "#1d2f6f",
    ),
)
