"""The socket of the server (what is refused, and that small answers are sent at once), and its other settings."""

from __future__ import annotations

import asyncio
import socket
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from streamlit import config

from layerlab.serve import _address, _listen


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


@pytest.mark.parametrize(
    ("settings", "address"),
    [
        ({}, "http://localhost:8501"),
        ({"server.baseUrlPath": "/lab/"}, "http://localhost:8501/lab"),
        ({"server.sslCertFile": "certificate.pem"}, "https://localhost:8501"),
    ],
)
def test_the_address_is_the_one_that_an_administrator_has_set(settings: dict[str, Any], address: str) -> None:
    before = {name: config.get_option(name) for name in settings}
    try:
        for name, value in settings.items():
            config.set_option(name, value)
        assert _address("127.0.0.1", 8501) == address
    finally:
        for name, value in before.items():
            config.set_option(name, value)


def test_a_certificate_that_cannot_be_read_is_refused(tmp_path: Path) -> None:
    (tmp_path / ".streamlit").mkdir()
    found = tmp_path / "certificate.pem"
    found.write_text("none")
    settings = f'[server]\nsslCertFile = "{found}"\nsslKeyFile = "{found}"\n'
    (tmp_path / ".streamlit" / "config.toml").write_text(settings)
    command = [sys.executable, "-m", "layerlab", "serve", "--port", str(free_port())]
    ended = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, timeout=60)
    assert ended.returncode == 2
    assert "server.sslCertFile, server.sslKeyFile: expected a certificate and its key" in ended.stderr
    assert "Traceback" not in ended.stderr
