"""What a host may set for a server's engine, by environment variables; `layerlab serve` has an option for each."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True, kw_only=True)
class Setting:
    """One setting: the keyword of `LocalEngine`, what it means, its default as text, and the smallest value."""

    name: str
    help: str
    default: str
    least: float
    whole: bool = False

    @property
    def variable(self) -> str:
        """The environment variable."""
        return f"LAYERLAB_{self.name.upper()}"

    @property
    def option(self) -> str:
        """The option of `layerlab serve`."""
        return f"--{self.name.replace('_', '-')}"

    def read(self, text: str) -> float | int:
        """The value that a text stands for. Raises: ValueError: it is none, or too small."""
        try:
            value = int(text) if self.whole else float(text)
        except ValueError:
            value = math.nan
        if not self.least <= value < math.inf:
            kind = "a whole number" if self.whole else "a number"
            raise ValueError(f"{self.option}: expected {kind} of at least {self.least:g}; received {text!r}")
        return value


SETTINGS = (
    Setting(name="workers", help="worker processes that train", default="one a core", least=1, whole=True),
    Setting(name="idle_pause", help="seconds until a run that nobody watches is paused", default="600", least=1),
    Setting(name="idle_drop", help="seconds until a run that nobody watches is dropped", default="7200", least=1),
)


def from_environment(environment: Mapping[str, str]) -> dict[str, Any]:
    """Keywords for `LocalEngine`. Raises: ValueError: a variable holds something else than a fitting number."""
    return {row.name: row.read(environment[row.variable]) for row in SETTINGS if environment.get(row.variable)}
