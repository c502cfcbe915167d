"""Calls as texts: what a program writes where the app makes the object itself."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from dlcore.training.activations import ACTIVATIONS
from dlcore.training.rows import find


def keywords(arguments: Mapping[str, Any]) -> str:
    """`name=value, …`, each value as Python writes it."""
    return ", ".join(f"{name}={value!r}" for name, value in arguments.items())


def activation_call(name: str) -> str:
    """The module of an activation function: `nn.ReLU()`."""
    row = find(ACTIVATIONS, name, "activation")
    return f"nn.{row.module}({keywords(row.arguments)})"
