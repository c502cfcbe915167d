"""What viewers are told about a lab once: its spec, its views, and what the web process adds (figures, say)."""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping
from typing import Any

from dlcore.engine.frame import encode
from dlcore.engine.messages import Built
from dlcore.labs.registry import find_lab

logger = logging.getLogger("layerlab.engine")

Complete = Callable[[dict[str, Any]], Mapping[str, Any]]


def describe(message: Built) -> dict[str, Any]:
    """The description of a lab, in plain values; a lab outside the registry is called by its kind."""
    try:
        row = find_lab(message.spec.kind)
        title, epochs = row.title, row.epochs
    except ValueError:
        title, epochs = message.spec.kind, True
    return {
        "lab": message.spec.kind,
        "title": title,
        "spec": message.spec.as_dict(),
        "steps_an_epoch": message.steps_an_epoch,
        "epochs": epochs,
        "views": list(message.views),
    }


def description_packet(message: Built, description: dict[str, Any], complete: Complete | None) -> bytes:
    """The packet of a description, with the lab's constants and what `complete(description)` adds to it.

    Where `complete` fails nothing is added, and the server's log says why.
    """
    header = {"type": "description", "generation": message.generation, **description}
    if complete is not None:
        try:
            header |= complete(description)
        except Exception:  # somebody else's code: a run without figures is better than a dead receiver
            logger.exception("The description of a lab could not be completed")
    return encode(header, message.constants)
