"""The one engine of this server."""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from functools import cache, lru_cache
from typing import Any

from datasets.upload.folder import VARIABLE
from dlcore.engine.local import LocalEngine
from dlcore.engine.settings import from_environment
from ui.charts.registry import figures
from ui.uploads import close_uploads, open_uploads, why_not

FIGURES = 1024  # figures of views that are kept, a few kB each

_engine: LocalEngine | None = None


def start_engine() -> LocalEngine:
    """Start the worker processes, and the store of what they may learn from; once a server."""
    global _engine
    if _engine is None:
        folder = str(open_uploads().folder)
        _engine = LocalEngine(
            describe=with_figures, admit=why_not, environment={VARIABLE: folder}, **from_environment(os.environ)
        )
        _engine.open()
    return _engine


def stop_engine() -> None:
    """End all worker processes."""
    global _engine
    if _engine is not None:
        _engine.close()
        _engine = None
    close_uploads()


def the_engine() -> LocalEngine:
    """The engine. Raises: RuntimeError: the server has not started it."""
    if _engine is None:
        raise RuntimeError("The engine has not been started; begin with `layerlab serve`.")
    return _engine


def with_figures(description: Mapping[str, Any]) -> dict[str, Any]:
    """A lab's description with the figures of its views (docs/architecture.md, "Figures").

    Plotly takes 10 ms a figure to check it, and most views of most experiments are the same: each is built once.
    """
    found: dict[str, Any] = {}
    for view in description["views"]:
        found |= _figures_of(json.dumps(view, sort_keys=True))
    return {**description, "figures": found}


@lru_cache(maxsize=FIGURES)
def _figures_of(view: str) -> dict[str, Any]:
    return figures({"views": [json.loads(view)]})


@cache
def has_cuda() -> bool:
    """Whether this server has a graphics card that can train; a worker is asked once."""
    return bool(the_engine().ask("torch.cuda:is_available").result(timeout=30))
