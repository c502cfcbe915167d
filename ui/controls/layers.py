"""Changes of the hidden layers, for the list in the controls and for the buttons on the diagram."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from dlcore.specs.network import Dense
from dlcore.specs.spec import SpecError
from dlcore.specs.supervised import Supervised

PATH = "network.layers"


def add_layer(spec: Supervised, layer: int | None = None) -> dict[str, Any]:
    """Changes that put a hidden layer at index `layer` (None: behind the last), like the one before it."""
    layers = _layers(spec)
    at = len(layers) if layer is None else layer
    if not 0 <= at <= len(layers):
        raise SpecError(f"layer: expected 0 … {len(layers)}; received {at}.")
    like = layers[max(at - 1, 0)] if layers else Dense().as_dict()
    return {PATH: [*layers[:at], like, *layers[at:]]}


def remove_layer(spec: Supervised, layer: int) -> dict[str, Any]:
    """Changes that take hidden layer `layer` (from 0) out."""
    layers = _layers(spec)
    _check(layers, layer)
    return {PATH: layers[:layer] + layers[layer + 1 :]}


def move_layer(spec: Supervised, layer: int, by: int) -> dict[str, Any]:
    """Changes that move hidden layer `layer` by `by` places: -1 towards the inputs, +1 towards the output."""
    layers = _layers(spec)
    _check(layers, layer)
    _check(layers, layer + by)
    moved = layers.pop(layer)
    layers.insert(layer + by, moved)
    return {PATH: layers}


def add_unit(spec: Supervised, layer: int) -> dict[str, Any]:
    """Changes that give hidden layer `layer` one more unit; the spec refuses one too many."""
    _check(_layers(spec), layer)
    return {f"{PATH}.{layer}.units": spec.network.layers[layer].units + 1}


def remove_unit(spec: Supervised, layer: int) -> dict[str, Any]:
    """Changes that give hidden layer `layer` one unit less; the spec refuses one too few."""
    _check(_layers(spec), layer)
    return {f"{PATH}.{layer}.units": spec.network.layers[layer].units - 1}


ACTIONS: dict[str, Callable[[Supervised, int], dict[str, Any]]] = {
    "add_layer": add_layer,
    "remove_layer": remove_layer,
    "add_unit": add_unit,
    "remove_unit": remove_unit,
}


def act(spec: Supervised, action: str, layer: Any = None) -> dict[str, Any]:
    """Changes for a message of the diagram: one of `ACTIONS` and the layer's index.

    Raises: SpecError: there is no such action or layer.
    """
    if action not in ACTIONS:
        raise SpecError(f"action: expected one of {', '.join(ACTIONS)}; received {action!r}.")
    if action == "add_layer" and layer is None:
        return add_layer(spec)
    if not isinstance(layer, int):
        raise SpecError(f"layer: expected the number of a hidden layer; received {layer!r}.")
    return ACTIONS[action](spec, layer)


def _layers(spec: Supervised) -> list[dict[str, Any]]:
    return [layer.as_dict() for layer in spec.network.layers]


def _check(layers: list[dict[str, Any]], layer: int) -> None:
    if not 0 <= layer < len(layers):
        raise SpecError(f"layer: expected 0 … {len(layers) - 1}; received {layer}.")
