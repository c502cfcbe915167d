"""One measured figure as one line of JSON."""

from __future__ import annotations

import json
from collections.abc import Callable


def report(name: str, value: float, unit: str, target: str, met: bool | Callable[[float], bool]) -> bool:
    """Print a figure, its target and whether it was met (as found, or by a rule), which is returned."""
    reached = bool(met(value) if callable(met) else met)
    line = {"name": name, "value": round(value, 4), "unit": unit, "target": target, "met": reached}
    print(json.dumps(line), flush=True)
    return reached


def absent(name: str, target: str, why: str) -> None:
    """Say that a figure cannot be measured here, and why: its target is neither met nor missed (`met` is null)."""
    print(json.dumps({"name": name, "value": None, "unit": "", "target": target, "met": None, "why": why}), flush=True)
