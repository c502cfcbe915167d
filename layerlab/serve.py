"""Starting the server."""

from __future__ import annotations

import socket
import sys
from typing import Any

from dlcore.specs import limits

SETTINGS: dict[str, Any] = {
    "browser.gatherUsageStats": False,
    "client.showErrorDetails": "none",
    "client.toolbarMode": "minimal",
    "runner.postScriptGC": False,  # app.py freezes what lives for ever; collecting after each click costs up to 0.3 s
    "runner.fastReruns": True,
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

    Raises: ValueError: the port is taken, or the address is not this machine's.
    """
    _check_free(host, port)
    print(f"LayerLab is starting at http://{'localhost' if host == '127.0.0.1' else host}:{port}", file=sys.stderr)
    from streamlit.web import bootstrap

    settings = SETTINGS | {"server.address": host, "server.port": port}
    bootstrap.load_config_options(settings)  # before the app asks for one: a later change makes Streamlit warn
    from app import app

    app.run(config=settings)


def _check_free(host: str, port: int) -> None:
    if not 0 < port < 65_536:
        raise ValueError(f"--port: expected a number from 1 to 65535; received {port}")
    try:
        with socket.create_server((host, port)):
            pass
    except OSError as error:
        why = error.strerror or str(error)
        raise ValueError(f"{host}:{port} cannot be served: {why}. Choose another with --port.") from None
