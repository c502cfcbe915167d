"""The cookie that says whose a run is."""

import re
from collections.abc import Callable
from http.client import HTTPConnection
from types import SimpleNamespace

import pytest
import streamlit
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, Response
from starlette.routing import Route
from starlette.types import ASGIApp, Receive, Scope, Send
from streamlit.testing.v1 import AppTest

from ui.owner import COOKIE, OwnerCookie


async def page(_request: Request) -> Response:
    return HTMLResponse("<p>page</p>")


async def data(_request: Request) -> Response:
    return JSONResponse({})


Serve = Callable[[ASGIApp], int]
APP = OwnerCookie(Starlette(routes=[Route("/", page, methods=["GET", "POST"]), Route("/data", data)]))


@pytest.fixture(scope="module")
def port(serve: Serve) -> int:
    return serve(APP)


def cookie_of(port: int, method: str = "GET", path: str = "/", cookie: bytes | None = None) -> str | None:
    """The cookie that an answer sets, if any."""
    connection = HTTPConnection("127.0.0.1", port, timeout=20)
    connection.request(method, path, headers={} if cookie is None else {"Cookie": cookie})
    answer = connection.getresponse()
    assert answer.status == 200 and answer.read()
    connection.close()
    return answer.headers["Set-Cookie"]


def test_a_page_gives_a_name_once_that_no_script_can_read(port: int) -> None:
    cookie = cookie_of(port)
    assert cookie is not None and re.match(rf"{COOKIE}=[\w-]{{32}}; Path=/; ", cookie)
    assert "HttpOnly" in cookie and "SameSite=Lax" in cookie and "Secure" not in cookie
    name = cookie.partition(";")[0]
    assert cookie_of(port, cookie=name.encode()) is None  # the browser has it now
    assert cookie_of(port, cookie=b"theme=dark; " + name.encode()) is None


def test_names_are_never_the_same(port: int) -> None:
    assert len({cookie_of(port) for _ in range(20)}) == 20


def test_over_https_the_cookie_stays_there(serve: Serve) -> None:
    async def behind_tls(scope: Scope, receive: Receive, send: Send) -> None:
        await APP({**scope, "scheme": "https"}, receive, send)

    assert "; Secure" in (cookie_of(serve(behind_tls)) or "")


def test_only_pages_give_names(port: int) -> None:
    assert cookie_of(port, path="/data") is None
    assert cookie_of(port, method="POST") is None


@pytest.mark.parametrize("cookie", [b"theme=dark", b"a=b; ;;==", b"not_" + COOKIE.encode() + b"=x", b"\xff\xfe"])
def test_other_and_broken_cookies_are_no_name(port: int, cookie: bytes) -> None:
    assert (cookie_of(port, cookie=cookie) or "").startswith(COOKIE)


def test_without_cookies_a_visit_has_a_name_of_its_own(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(streamlit, "context", SimpleNamespace(cookies={}))  # AppTest has a mock there

    def visit() -> None:
        import streamlit as st

        from ui.owner import owner

        st.text(owner())

    def name(app: AppTest) -> str:
        app.run()
        assert not app.exception
        found: str = app.text[0].value
        return found

    first, second = AppTest.from_function(visit), AppTest.from_function(visit)
    assert name(first) == name(first) != name(second)
    assert len(name(first)) == 32
