"""Who may open a live connection: only pages that this very server delivered."""

from __future__ import annotations

from urllib.parse import urlsplit

from starlette.datastructures import Headers


def same_origin(headers: Headers) -> bool:
    """Whether the Origin header names the host that was asked; a missing one is refused.

    Streamlit's own check is not used: it admits localhost always and looks a foreign host up over the network.
    """
    origin = headers.get("origin")
    return origin is not None and urlsplit(origin).netloc == headers.get("host")
