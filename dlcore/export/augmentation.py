"""The augmentation part of an exported program: the functions that change a mini-batch of images by chance."""

from __future__ import annotations

import re

from dlcore.export.source import source_of
from dlcore.specs.augmentation import AugmentationSpec
from dlcore.training.augmentations import AUGMENTATIONS

_FILE = "dlcore/training/augment.py"
_HELPERS = ("chance", "place", "stretch", "turn")


def augmentation_imports(augmentation: AugmentationSpec) -> list[str]:
    """The standard library's names that `augmentation_code` uses, as import lines."""
    active = augmentation.active
    return ["import math"] if active and "math." in source_of(_FILE, *active) else []


def augmentation_code(augmentation: AugmentationSpec) -> str:
    """Code that defines `augment(images)`, which draws in the order of `dlcore.training.augment.augment`.

    Raises: ValueError: everything is off.
    """
    active = augmentation.active
    if not active:
        raise ValueError("augmentation: expected a strength above 0; received none")
    kinds = {row.name: row.kind for row in AUGMENTATIONS}
    calls = {name: f"{name}(images, {getattr(augmentation, name)!r})" for name in active}
    places = [calls[name] for name in active if kinds[name] == "place"]
    lines = [
        "def augment(images):",
        '    """Every image changed by chance, anew each time."""',
    ]
    if places:
        lines.append(f"    places = {places[0]}")
        lines += [f"    places = places @ {call}" for call in places[1:]]
        lines.append("    images = read_at(images, places)")
    lines += [f"    images = {calls[name]}" for name in active if kinds[name] == "value"]
    lines.append("    return images")
    functions = source_of(_FILE, *_needed(active), *(["read_at"] if places else []))
    return "\n".join(["# ---- augmentation: what the network learns from, never what it is measured on", "", ""]) + (
        f"\n{functions}\n\n\n" + "\n".join(lines) + "\n"
    )


def _needed(names: tuple[str, ...]) -> list[str]:
    """The functions of these names and what they call."""
    needed = list(names)
    for name in needed:  # grows while it is gone through
        source = source_of(_FILE, name)
        needed += [other for other in _HELPERS if other not in needed and re.search(rf"\b{other}\(", source)]
    return needed
