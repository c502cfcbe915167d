"""The one engine of this server."""

from __future__ import annotations

from functools import cache

from dlcore.engine.local import LocalEngine
from ui.charts.registry import figures

_engine: LocalEngine | None = None


def start_engine() -> LocalEngine:
    """Start the worker processes; once a server."""
    global _engine
    if _engine is None:
        _engine = LocalEngine(describe=lambda description: {**description, "figures": figures(description)})
        _engine.open()
    return _engine


def stop_engine() -> None:
    """End all worker processes."""
    global _engine
    if _engine is not None:
        _engine.close()
        _engine = None


def the_engine() -> LocalEngine:
    """The engine. Raises: RuntimeError: the server has not started it."""
    if _engine is None:
        raise RuntimeError("The engine has not been started; begin with `layerlab serve`.")
    return _engine


@cache
def has_cuda() -> bool:
    """Whether this server has a graphics card that can train; a worker is asked once."""
    return bool(the_engine().ask("torch.cuda:is_available").result(timeout=30))
