"""Starting the server."""

from __future__ import annotations

import os
import socket
import sys
from contextlib import ExitStack
from typing import Any

from dlcore.specs import limits

SETTINGS: dict[str, Any] = {
    "browser.gatherUsageStats": False,
    "client.showErrorDetails": "none",
    "client.toolbarMode": "minimal",
    "runner.postScriptGC": False,  # app.py freezes what lives for ever; collecting after each click costs up to 0.3 s
    "runner.fastReruns": False,
    "server.fileWatcherType": "none",
    "server.headless": True,
    "server.maxMessageSize": 50,
    "server.maxUploadSize": limits.UPLOAD_BYTES // 2**20,  # the readers of uploads say the same with a sentence
    "theme.baseRadius": "0.5rem",
    "theme.showWidgetBorder": True,
    "theme.light.primaryColor": "#0b6bb3",
    "theme.light.backgroundColor": "#ffffff",
    "theme.light.secondaryBackgroundColor": "#f4f6f9",
    "theme.light.textColor": "#1c2430",
    "theme.light.borderColor": "#d9dee6",
    "theme.dark.primaryColor": "#5eb3f0",
    "theme.dark.backgroundColor": "#10151c",
    "theme.dark.secondaryBackgroundColor": "#1a212b",
    "theme.dark.textColor": "#e8edf3",
    "theme.dark.borderColor": "#313b49",
}


def serve(host: str, port: int) -> None:
    """Serve LayerLab at http://host:port until it is interrupted.

    Raises: ValueError: the port is taken, the address is not this machine's, or a certificate cannot be read.
    """
    listening = _listen(host, port)
    import uvicorn
    from streamlit.web import bootstrap
    from streamlit.web.server.starlette.starlette_server import _get_uvicorn_config_kwargs

    settings = SETTINGS | {"server.address": host, "server.port": port}
    bootstrap.load_config_options(settings)  # before the app asks for one: a later change makes Streamlit warn
    print(f"LayerLab is starting at {_address(host, port)}", file=sys.stderr)
    from app import app

    # As `app.run` does it, but for the socket; what an administrator has set of Streamlit's own counts, so
    options = uvicorn.Config(app, log_level="warning", **_get_uvicorn_config_kwargs())
    try:
        options.load()
    except OSError as error:
        raise ValueError(
            f"server.sslCertFile, server.sslKeyFile: expected a certificate and its key; {error}"
        ) from error
    server = uvicorn.Server(options)
    server.run(sockets=[listening])
    if not server.started:
        sys.exit(1)


def _address(host: str, port: int) -> str:
    """Where a browser on this computer finds the app."""
    from streamlit import config

    scheme = "https" if config.get_option("server.sslCertFile") else "http"
    base = str(config.get_option("server.baseUrlPath") or "").strip("/")
    return f"{scheme}://{'localhost' if host == '127.0.0.1' else host}:{port}/{base}".rstrip("/")


def _listen(host: str, port: int) -> socket.socket:
    """A socket for the server, bound at once, so that what is wrong with its address is told before all else.

    It says that it speaks TCP, or asyncio would leave Nagle's algorithm on, as it does with Streamlit's: each small
    answer, each frame, waits up to 40 ms for the browser to acknowledge the one before.
    """
    if not 0 < port < 65_536:
        raise ValueError(f"--port: expected a number from 1 to 65535; received {port}")
    try:
        family, kind, protocol, _, address = socket.getaddrinfo(
            host, port, type=socket.SOCK_STREAM, proto=socket.IPPROTO_TCP, flags=socket.AI_PASSIVE
        )[0]
        with ExitStack() as unless_bound:
            listening = unless_bound.enter_context(socket.socket(family, kind, protocol))
            if os.name == "posix":  # a server that was just ended keeps nobody from its port
                listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            if family == socket.AF_INET6 and socket.has_dualstack_ipv6():
                listening.setsockopt(socket.IPPROTO_IPV6, socket.IPV6_V6ONLY, 0)
            listening.bind(address)
            unless_bound.pop_all()
    except OSError as error:
        why = error.strerror or str(error)
        raise ValueError(f"{host}:{port} cannot be served: {why}. Choose another with --port.") from None
    return listening
