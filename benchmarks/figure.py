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
