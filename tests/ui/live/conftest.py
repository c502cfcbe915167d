"""The live route on a real server in a thread, and a browser's end of it that knows nothing of the server's code."""

from __future__ import annotations

import json
import struct
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from typing import Any

import numpy as np
import pytest
from starlette.applications import Starlette
from websockets.sync.client import ClientConnection, connect

from dlcore.engine.local import LocalEngine
from dlcore.engine.run import Run
from dlcore.examples import example
from ui.live.route import routes

PATIENCE = 60.0
TYPES = {"uint8": np.uint8, "int32": np.int32, "float32": np.float32}


def unpack(message: bytes) -> list[tuple[dict[str, Any], bytes]]:
    """The packets of a message, read as docs/architecture.md says."""
    packets, at = [], 0
    while at < len(message):
        head, body = struct.unpack_from("<II", message, at)
        assert head % 8 == 0 and body % 8 == 0
        packets.append((json.loads(message[at + 8 : at + 8 + head]), message[at + 8 + head : at + 8 + head + body]))
        at += 8 + head + body
    return packets


def arrays(header: dict[str, Any], body: bytes) -> dict[str, np.ndarray]:
    """The arrays of a description or frame."""
    return {
        name: np.frombuffer(body, TYPES[kind], int(np.prod(shape)), offset).reshape(shape)
        for name, kind, shape, offset in header["arrays"]
    }


class Browser:
    """The other end of a live connection: acknowledges frames unless told not to, and remembers what came."""

    def __init__(self, socket: ClientConnection) -> None:
        self.socket = socket
        self.acknowledging = True
        self.frames = 0
        self.newest: dict[str, tuple[dict[str, Any], bytes]] = {}
        self.replies: dict[Any, dict[str, Any]] = {}
        self.number = 0

    def say(self, **said: Any) -> None:
        self.socket.send(json.dumps(said))

    def hear(self, seconds: float = PATIENCE) -> list[str]:
        """The types of the packets of the next message."""
        message = self.socket.recv(timeout=seconds)
        assert isinstance(message, bytes)
        kinds = []
        for header, body in unpack(message):
            kinds.append(header["type"])
            self.newest[header["type"]] = (header, body)
            if header["type"] == "reply":
                self.replies[header["id"]] = header
        if "frame" in kinds:
            self.frames += 1
            if self.acknowledging:
                self.say(do="ack")
        return kinds

    def until(self, condition: Callable[[], object]) -> None:
        """Hear messages until something is so."""
        end = time.monotonic() + PATIENCE
        while not condition():
            assert time.monotonic() < end, "waited in vain"
            self.hear()

    def quiet(self, seconds: float = 0.4) -> None:
        """Hear messages until none has come for a while."""
        while True:
            try:
                self.hear(seconds)
            except TimeoutError:
                return

    def ask(self, **said: Any) -> dict[str, Any]:
        """A command's reply."""
        self.number += 1
        number = self.number
        self.say(**said, id=number)
        self.until(lambda: number in self.replies)
        return self.replies[number]

    @property
    def frame(self) -> tuple[dict[str, Any], dict[str, np.ndarray]]:
        header, body = self.newest["frame"]
        return header, arrays(header, body)

    @property
    def state(self) -> dict[str, Any]:
        return self.newest["state"][0]


@pytest.fixture(scope="module")
def port(serve: Any, web_engine: LocalEngine) -> int:
    found: int = serve(Starlette(routes=routes("/lab")))
    return found


@pytest.fixture
def run(web_engine: LocalEngine) -> Iterator[Run]:
    # without its last epoch, which comes within two seconds where nobody takes its frames
    found = web_engine.start(example("circle").spec.replace({"training.epochs": None}), owner="me")
    found.built.result(PATIENCE)
    yield found
    if not found.farewell:
        found.stop().result(PATIENCE)


@pytest.fixture
def dial(port: int) -> Iterator[Callable[..., Browser]]:
    """dial(token=..., views=[...]) -> a browser that is connected and has said hello (without arguments: has not)."""
    with ExitStack() as sockets:

        def call(origin: str | None = f"http://127.0.0.1:{port}", **hello: Any) -> Browser:
            socket = sockets.enter_context(
                connect(f"ws://127.0.0.1:{port}/lab/live", origin=origin, subprotocols=["layerlab.v1"])  # type: ignore[arg-type,list-item]  # NewTypes of str
            )
            browser = Browser(socket)
            if hello:
                browser.say(**hello)
            return browser

        yield call
