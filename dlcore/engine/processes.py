"""How worker processes come into the world: forked off a server that has PyTorch loaded, where the system can fork."""

from __future__ import annotations

import multiprocessing
import multiprocessing.spawn
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from typing import Any

_starting = threading.Lock()


def start(target: Any, *arguments: Any) -> tuple[BaseProcess, Connection, Any]:
    """Start a worker: `target(connection, current, *arguments)` in a new process.

    Returns the process, our end of the pipe, and `current`: a shared integer (`.value`) in which the worker notes
    what it is busy with, readable even after it died. Blocks until the process exists (about 30 ms; the very first
    time as long as importing PyTorch takes).
    """
    methods = multiprocessing.get_all_start_methods()
    context: Any = multiprocessing.get_context("forkserver" if "forkserver" in methods else "spawn")
    if "forkserver" in methods:
        context.set_forkserver_preload(["dlcore.engine.deaf", "dlcore.engine.preload"])
    ours, theirs = context.Pipe()
    current = context.RawValue("q", 0)
    process: BaseProcess = context.Process(
        target=target, args=(theirs, current, *arguments), name="layerlab-worker", daemon=True
    )
    try:
        with _starting, _without_main():
            process.start()
    except BaseException:
        ours.close()
        raise
    finally:
        theirs.close()
    return process, ours, current


@contextmanager
def _without_main() -> Iterator[None]:
    # A new process would first import the main script of its parent: Streamlit's launcher, 0.4 s and its memory in
    # every worker, for nothing. Other threads that start processes of their own meanwhile keep the usual data.
    usual, thread = multiprocessing.spawn.get_preparation_data, threading.get_ident()

    def light(name: str) -> dict[str, Any]:
        data: dict[str, Any] = usual(name)
        if threading.get_ident() == thread:
            data.pop("init_main_from_name", None)
            data.pop("init_main_from_path", None)
        return data

    multiprocessing.spawn.get_preparation_data = light
    try:
        yield
    finally:
        multiprocessing.spawn.get_preparation_data = usual
