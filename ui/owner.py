"""Who owns a run: the browser that started it, known by a cookie that no script can read."""

from __future__ import annotations

import secrets
from http.cookies import CookieError, SimpleCookie

import streamlit as st
from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

COOKIE = "layerlab_owner"
YEAR = 365 * 24 * 3600


class OwnerCookie:
    """Middleware: gives every browser that loads a page an unguessable name, once."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on, and add the cookie to the answer where it is a page."""
        if scope["type"] != "http" or scope["method"] != "GET" or _known(scope):
            await self.app(scope, receive, send)
            return

        async def send_with_cookie(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                if headers.get("content-type", "").startswith("text/html"):
                    secure = "; Secure" if scope["scheme"] == "https" else ""
                    headers.append(
                        "Set-Cookie",
                        f"{COOKIE}={secrets.token_urlsafe(24)}; Path=/; Max-Age={YEAR}; HttpOnly; SameSite=Lax{secure}",
                    )
            await send(message)

        await self.app(scope, receive, send_with_cookie)


def owner() -> str:
    """The name of the browser that this page is shown in; a browser without cookies is known for this visit only."""
    name = st.context.cookies.get(COOKIE)
    if name:
        return name
    fallback: str = st.session_state.setdefault("_owner", secrets.token_urlsafe(24))
    return fallback


def _known(scope: Scope) -> bool:
    for name, value in scope["headers"]:
        if name == b"cookie":
            try:
                return COOKIE in SimpleCookie(value.decode("latin-1"))
            except CookieError:
                return False
    return False
