"""What tests of several folders share."""

import os

os.environ["OMP_NUM_THREADS"] = "1"  # before PyTorch comes: its threads only stand in each other's way, as in a worker

import gc
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from functools import lru_cache, partial

import pytest
import uvicorn
from hypothesis import settings
from starlette.types import ASGIApp
from streamlit import config
from streamlit.components.v2 import manifest_scanner

from dlcore.engine.local import LocalEngine
from layerlab.serve import SETTINGS
from ui.whole_callbacks import keep_callbacks_whole

settings.register_profile("patient", deadline=None)  # the first of many cases imports, and a busy machine is slow
settings.load_profile("patient")

# every AppTest reads the metadata of all that is installed, in search of components: a third of what its tests take
manifest_scanner.scan_component_manifests = lru_cache(manifest_scanner.scan_component_manifests)
for setting in ("browser.gatherUsageStats", "runner.postScriptGC"):  # as the server has them; a quarter of the time
    config.set_option(setting, SETTINGS[setting])
keep_callbacks_whole()  # as well


def pytest_collection_finish() -> None:
    """Leave what was imported out of every later search for garbage: six hundred thousand objects that stay."""
    gc.collect()
    gc.freeze()


@pytest.fixture(scope="module")
def web_engine() -> Iterator[LocalEngine]:
    """The engine of a server, as `ui.engine` starts and stops it, with one worker."""
    import ui.engine

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(ui.engine, "LocalEngine", partial(LocalEngine, 1))
        # AppTest has no cookies but a mock, which is another one at every run of the script
        patch.setattr("ui.runs.owner", lambda: "somebody")
        patch.setattr("ui.uploads.owner", lambda: "somebody")
        engine = ui.engine.start_engine()
        try:
            assert engine.wait(120), "the worker did not start"
            yield engine
        finally:
            ui.engine.stop_engine()


@contextmanager
def served(app: ASGIApp) -> Iterator[int]:
    """Serve an app at 127.0.0.1 in a thread; gives the port."""
    server = uvicorn.Server(
        uvicorn.Config(app, host="127.0.0.1", port=0, log_level="error", lifespan="off", ws="websockets-sansio")
    )
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    until = time.monotonic() + 30
    while not server.started:
        assert time.monotonic() < until, "the server did not start"
        time.sleep(0.01)
    try:
        yield server.servers[0].sockets[0].getsockname()[1]
    finally:
        server.should_exit = True
        thread.join(20)
        assert not thread.is_alive(), "the server did not end"


@pytest.fixture(scope="module")
def serve() -> Iterator[Callable[[ASGIApp], int]]:
    """serve(app) -> the port at which it is served until the module's tests are over."""
    with ExitStack() as servers:
        yield lambda app: servers.enter_context(served(app))
