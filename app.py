"""The server: the menu of pages, the live route, and the engine that starts and stops with it."""

from __future__ import annotations

import gc
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import pandas  # noqa: F401  # here, once: Streamlit and Plotly import it when first used, and two threads at a time fail
import streamlit as st
from starlette.middleware import Middleware
from streamlit import config

from ui.engine import start_engine, stop_engine
from ui.live.route import routes
from ui.owner import OwnerCookie
from ui.warm import warm_up
from ui.whole_callbacks import keep_callbacks_whole


@asynccontextmanager
async def lifespan(_app: st.App) -> AsyncIterator[dict[str, Any]]:
    """Workers run as long as the server does."""
    engine = start_engine()
    warm_up()  # while the workers load PyTorch
    gc.collect()
    gc.freeze()  # what lives as long as the server need not be searched after every script run
    try:
        yield {"engine": engine}
    finally:
        stop_engine()


def base_path() -> str:
    """The path under which the server stands, "" or "/lab"."""
    base = str(config.get_option("server.baseUrlPath") or "").strip("/")
    return f"/{base}" if base else ""


keep_callbacks_whole()
app = st.App(
    Path(__file__).parent / "pages" / "menu.py",
    lifespan=lifespan,
    routes=routes(base_path()),
    middleware=[Middleware(OwnerCookie)],
)
