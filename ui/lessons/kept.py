"""Widgets whose values outlive a visit to another section: Streamlit forgets those of widgets that it does not draw."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, TypeVar

import streamlit as st

T = TypeVar("T")


def kept_key(name: str, default: Any, options: Sequence[Any] | None = None) -> str:
    """The key for a widget called `name`, which begins with what it was last time, else with `default`.

    A value that is no longer among the `options` gives way to the default.
    """
    value = st.session_state.setdefault(name, st.session_state.get(f"{name} kept", default))
    if options is not None and value not in options:
        st.session_state[name] = default
    return name


def kept(name: str, value: T) -> T:
    """Remember what the widget called `name` says now."""
    st.session_state[f"{name} kept"] = value
    return value
