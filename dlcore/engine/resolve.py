"""Functions by name, imported only in the process that calls them."""

from __future__ import annotations

import importlib
from collections.abc import Callable
from typing import Any


def resolve(name: str) -> Callable[..., Any]:
    """The function that "module:function" names. Raises: ValueError: there is none."""
    module, _, function = name.partition(":")
    try:
        found: Callable[..., Any] = getattr(importlib.import_module(module), function)
    except (ModuleNotFoundError, AttributeError):
        raise ValueError(f'function: expected "module:name" of one that exists; received {name!r}') from None
    return found
