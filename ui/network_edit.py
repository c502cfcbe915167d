"""What a click on the diagram changes in a spec: a unit or a layer more or less."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from dlcore.specs.spec import SpecError


def edited(spec: Any, said: Mapping[str, Any]) -> dict[str, Any]:
    """The changes that `said`, {"action", "layer"} from the diagram, asks for; a new layer copies the one before it.

    Raises: SpecError: there is no such action or layer.
    """
    layers = [layer.as_dict() for layer in spec.network.layers]
    action, number = said.get("action"), said.get("layer", len(layers))
    least = 0 if action == "add_layer" else 1
    if not isinstance(number, int) or not 0 <= number < max(len(layers), 1) + (1 - least):
        raise SpecError(f"layer: expected one of the {len(layers)} hidden layers; received {number!r}.")
    match action:
        case "add_unit" | "remove_unit":
            layers[number]["units"] += 1 if action == "add_unit" else -1
        case "remove_layer":
            del layers[number]
        case "add_layer":
            like = layers[number - 1] if number else (layers[0] if layers else {"kind": "dense"})
            layers.insert(number, like)
        case _:
            raise SpecError(f"action: expected add_unit, remove_unit, add_layer or remove_layer; received {action!r}.")
    return {"network.layers": layers}
