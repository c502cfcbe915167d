"""The socket of the server (what is refused, and that small answers are sent at once), and its other settings."""

from __future__ import annotations

import asyncio
import socket
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from streamlit import config
from streamlit.runtime import runtime_util
from streamlit.web.server.starlette import starlette_server

from layerlab.serve import _address, _listen, _options


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as found:
        return int(found.getsockname()[1])


async def nodelay_of_a_connection(listening: socket.socket) -> int:
    """What asyncio set for who was let in: whether a small message is sent while another is on its way."""
    found: asyncio.Future[int] = asyncio.get_running_loop().create_future()

    def let_in(_: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        found.set_result(writer.get_extra_info("socket").getsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY))
        writer.close()

    async with await asyncio.start_server(let_in, sock=listening):
        _, writer = await asyncio.open_connection(*listening.getsockname())
        writer.close()
        return await asyncio.wait_for(found, 10)


def test_no_message_waits_for_the_acknowledgement_of_the_one_before() -> None:
    with _listen("127.0.0.1", free_port()) as listening:
        assert asyncio.run(nodelay_of_a_connection(listening)) != 0


def test_a_name_is_as_good_as_an_address() -> None:
    with _listen("localhost", free_port()) as listening:
        assert listening.getsockname()[0] in ("127.0.0.1", "::1")


@pytest.mark.parametrize(
    ("host", "port", "sentence"),
    [
        ("127.0.0.1", 0, "--port: expected a number from 1 to 65535; received 0"),
        ("192.0.2.1", None, "cannot be served: Cannot assign requested address. Choose another with --port."),
        ("no such name", None, "cannot be served: "),
    ],
)
def test_an_address_that_is_none_is_refused(host: str, port: int | None, sentence: str) -> None:
    with pytest.raises(ValueError) as refused:
        _listen(host, free_port() if port is None else port)
    assert sentence in str(refused.value)


def test_a_port_that_is_taken_is_refused() -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken, pytest.raises(ValueError, match="Address already in use"):
        _listen("127.0.0.1", int(taken.getsockname()[1]))


@pytest.fixture
def settings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[dict[str, Any]]:
    """What an administrator has set of Streamlit's own."""
    monkeypatch.setattr(runtime_util, "_max_message_size_bytes", None)  # it asks once and remembers
    certificate = str(tmp_path / "certificate.pem")
    Path(certificate).touch()
    chosen = {
        "server.sslCertFile": certificate,
        "server.sslKeyFile": certificate,
        "server.baseUrlPath": "/lab/",
        "server.websocketPingInterval": 7,
        "server.enableWebsocketCompression": True,
        "server.maxMessageSize": 20,
    }
    before = {name: config.get_option(name) for name in chosen}
    for name, value in chosen.items():
        config.set_option(name, value)
    yield chosen
    for name, value in before.items():
        config.set_option(name, value)


def test_uvicorn_is_told_what_streamlit_tells_it() -> None:
    assert _options() == starlette_server._get_uvicorn_config_kwargs()
    assert _address("127.0.0.1", 8501) == "http://localhost:8501"


def test_what_an_administrator_has_set_counts(settings: dict[str, Any]) -> None:
    assert _options() == starlette_server._get_uvicorn_config_kwargs()
    assert _options()["ssl_certfile"] == settings["server.sslCertFile"]
    assert _address("school.example", 443) == "https://school.example:443/lab"
