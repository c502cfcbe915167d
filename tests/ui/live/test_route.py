"""Who gets a live connection, and the files beside it."""

from __future__ import annotations

import gzip
from collections.abc import Callable
from http.client import HTTPConnection, HTTPResponse
from typing import Any

import pytest
from websockets.exceptions import ConnectionClosed, InvalidStatus

import ui.live.route
from dlcore.engine.run import Run
from ui.live.assets import asset, asset_names, version


def fetch(port: int, path: str, **headers: str) -> tuple[HTTPResponse, bytes]:
    connection = HTTPConnection("127.0.0.1", port, timeout=30)
    connection.request("GET", path, headers=headers)
    answer = connection.getresponse()
    body = answer.read()
    connection.close()
    return answer, body


def end_of(browser: Any) -> tuple[int, str]:
    """With which code and reason the server closes the connection."""
    with pytest.raises(ConnectionClosed) as closed:
        while True:
            browser.hear()
    assert closed.value.rcvd is not None
    return closed.value.rcvd.code, closed.value.rcvd.reason


def test_the_token_opens_the_run(dial: Callable[..., Any], run: Run) -> None:
    browser = dial(token=run.token, views=["loss"], rate=10)
    browser.until(lambda: {"description", "state"} <= set(browser.newest))
    assert browser.socket.subprotocol == "layerlab.v1"
    description = browser.newest["description"][0]
    assert description["spec"] == run.spec.as_dict() and description["lab"] == "supervised"
    assert run.token not in str(description) and run.id not in str(description)


@pytest.mark.parametrize("origin", ["http://evil.example", "http://localhost", "null", None])
def test_pages_of_other_servers_are_turned_away(dial: Callable[..., Any], run: Run, origin: str | None) -> None:
    with pytest.raises((InvalidStatus, ConnectionClosed)):
        end_of(dial(origin=origin, token=run.token))
        raise AssertionError("it was let in")


@pytest.mark.parametrize("token", ["", "nothing", None, 5, ["x"]])
def test_an_unknown_token_opens_nothing(dial: Callable[..., Any], run: Run, token: Any) -> None:
    browser = dial(token=token)
    assert end_of(browser) == (1008, "There is no such run (any more).")
    assert browser.newest == {}


def test_the_runs_id_is_not_its_token(dial: Callable[..., Any], run: Run) -> None:
    assert end_of(dial(token=run.id))[0] == 1008


@pytest.mark.parametrize("text", ["", "no json", "[]", "5", '{"token": ', "[" * 100_000, '{"token": "' + "x" * 300_000])
def test_a_bad_greeting_ends_the_connection(dial: Callable[..., Any], text: str) -> None:
    browser = dial()
    browser.socket.send(text)
    code, reason = end_of(browser)
    assert code == 1003 and reason


@pytest.mark.parametrize("hello", [{"views": "all"}, {"views": [1]}, {"rate": 0}, {"rate": 1e9}, {"rate": True}])
def test_a_greeting_with_bad_values_ends_the_connection(
    dial: Callable[..., Any], run: Run, hello: dict[str, Any]
) -> None:
    code, reason = end_of(dial(token=run.token, **hello))
    assert code == 1003 and reason.startswith(next(iter(hello)))
    assert not run.watches


def test_who_says_nothing_is_not_waited_for(dial: Callable[..., Any], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ui.live.route, "HELLO_SECONDS", 0.2)
    code, reason = end_of(dial())
    assert code == 1013  # at 1008, which means that the run is unknown, the browser would give it up
    assert reason == "The first message did not come in time."


def test_scripts_and_styles_are_kept_for_ever_under_their_hash(port: int) -> None:
    for name in asset_names():
        answer, body = fetch(port, f"/lab/live/js/{version()}/{name}")
        assert answer.status == 200 and body == asset(name)
        kind = "text/css" if name.endswith(".css") else "text/javascript"
        assert answer.headers["Content-Type"].startswith(kind) and "immutable" in answer.headers["Cache-Control"]


@pytest.mark.parametrize(
    "path", ["old/main.js", "{v}/none.js", "{v}/..%2Fviewer.py", "{v}/../viewer.py", "{v}/viewer.py", "{v}/", "main.js"]
)
def test_other_files_are_not_there(port: int, path: str) -> None:
    answer, body = fetch(port, f"/lab/live/js/{path.format(v=version())}")
    assert answer.status == 404 and b"import" not in body


def test_plotly_comes_compressed_where_that_is_understood(port: int) -> None:
    plain, script = fetch(port, "/lab/live/plotly.min.js")
    packed, body = fetch(port, "/lab/live/plotly.min.js", **{"Accept-Encoding": "gzip, br"})
    assert plain.status == packed.status == 200 and plain.headers["Content-Encoding"] is None
    assert packed.headers["Content-Encoding"] == "gzip" and packed.headers["Vary"] == "Accept-Encoding"
    assert gzip.decompress(body) == script and len(body) < len(script) / 2
    assert b"plotly.js v" in script[:300] and "immutable" in packed.headers["Cache-Control"]
