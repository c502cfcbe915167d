"""Waiting for a worker in a page's script, in such a way that a newer click need not wait as well."""

from __future__ import annotations

from concurrent.futures import Future
from concurrent.futures import TimeoutError as Late
from time import monotonic
from typing import TypeVar

import streamlit as st

T = TypeVar("T")
GLANCE = 0.05  # seconds after which a script that waits looks whether there is a newer click


def answer_of(asked: Future[T], seconds: float) -> T:
    """What a worker answers. Raises: TimeoutError: nothing in so many seconds; and what the worker has raised."""
    until = monotonic() + seconds
    while True:
        try:
            return asked.result(timeout=min(GLANCE, max(0.0, until - monotonic())))
        except Late:
            if asked.done() or monotonic() >= until:
                raise
            st.session_state.get(
                "layerlab waits"
            )  # a look at the state, at which Streamlit lets a newer click go first
