"""Which fields an experiment has: what controls ask instead of asking which experiment it is."""

from __future__ import annotations

from typing import Any

from dlcore.specs.spec import Spec


def has_field(spec: Spec, path: str) -> bool:
    """Whether a spec has a field at a dotted path; the items of a list are not fields."""
    part: Any = spec
    for step in path.split("."):
        if not isinstance(part, Spec) or step not in type(part).model_fields:
            return False
        part = getattr(part, step)
    return True
