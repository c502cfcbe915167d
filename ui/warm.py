"""What the first visitor would otherwise wait for: slow imports, and Plotly's first figure."""

from __future__ import annotations

import importlib
import threading

from ui.charts.registry import figures

_VIEW = {"name": "loss", "kind": "curve", "title": "Loss", "series": [{"metric": "loss", "title": "", "role": "train"}]}


def warm_up() -> threading.Thread:
    """Do it in a thread of its own; the server answers meanwhile."""
    thread = threading.Thread(target=_warm_up, name="layerlab-warm-up", daemon=True)
    thread.start()
    return thread


def _warm_up() -> None:
    importlib.import_module("ui.lab_page")
    figures({"views": [_VIEW]})
