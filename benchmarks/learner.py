"""One of a class: opens the Playground, presses Play, watches over a WebSocket of their own, and changes things."""

from __future__ import annotations

import asyncio
import itertools
import json
import random
import struct
import time
from collections.abc import Iterator
from typing import Any

from websockets.asyncio.client import ClientConnection, connect

from benchmarks.session import Session
from dlcore.specs.supervised import Supervised
from ui.share import to_query

VIEWS = ("network", "output", "loss", "score")  # what the Playground shows at first
RATE = 5.0  # frames a second
THINK = 3.0  # seconds between two changes of one learner, on average
READ = 2.0  # seconds for which one who clicks through pages looks at each, on average
WAIT = 60.0
TOUR = ("", "playground", "perceptron", "playground")  # addresses


def headers(message: bytes) -> Iterator[dict[str, Any]]:
    """What the packets of a message say (docs/architecture.md, "The wire"), without their arrays."""
    position = 0
    while position < len(message):
        header, body = struct.unpack_from("<II", message, position)
        yield json.loads(message[position + 8 : position + 8 + header])
        position += 8 + header + body


class Learner:
    """What they saw and waited for is in `frames`, `answers` and `pages`; what went wrong in `problems`."""

    def __init__(self, number: int, spec: Supervised) -> None:
        self.spec, self._chance = spec, random.Random(number)
        self.frames: list[tuple[float, float]] = []  # (when, epoch)
        self.answers: list[float] = []  # seconds from a command to its reply
        self.pages: list[float] = []  # seconds from a click to the page
        self.problems: list[str] = []
        self._waiting: dict[int, asyncio.Future[dict[str, Any]]] = {}
        self._numbers = itertools.count(1)
        self._session: Session
        self._socket: ClientConnection

    async def arrive(self, url: str) -> None:
        """Follow a link to the experiment; the page says which run to watch."""
        self._session = await Session.open(url)
        await self._session.visit("playground", to_query(self.spec))
        address = url.replace("http", "ws", 1) + "/live"
        self._socket = await connect(address, origin=url, subprotocols=["layerlab.v1"], max_size=None)  # type: ignore[arg-type, list-item]  # plain texts serve as Origin and Subprotocol
        await self._socket.send(json.dumps({"token": self._session.token, "views": VIEWS, "rate": RATE}))

    async def watch(self) -> None:
        """Take what comes, for ever, and acknowledge every frame at once."""
        async for message in self._socket:
            assert isinstance(message, bytes)
            for header in headers(message):
                if header["type"] == "frame":
                    self.frames.append((time.perf_counter(), header["epoch"]))
                    await self._socket.send('{"do": "ack"}')
                elif header["type"] == "reply":
                    self._waiting.pop(header["id"]).set_result(header)
                elif header["type"] == "state" and (header["gone"] or header["status"] in ("failed", "diverged")):
                    self.problems.append(header["reason"])
        self.problems.append("the live connection was closed")

    async def command(self, **what: Any) -> None:
        """Have something done, and wait until it is."""
        number = next(self._numbers)
        answer = self._waiting[number] = asyncio.get_running_loop().create_future()
        began = time.perf_counter()
        await self._socket.send(json.dumps(what | {"id": number}))
        reply = await asyncio.wait_for(answer, WAIT)
        self.answers.append(time.perf_counter() - began)
        if not reply["ok"]:
            self.problems.append(reply["error"])

    async def try_things(self) -> None:
        """Change the learning rate, or pause and play on, now and then."""
        rate = self.spec.training.learning_rate
        for turn in itertools.count():
            await asyncio.sleep(self._chance.uniform(0, 2 * THINK))
            if turn % 2:
                await self.command(do="pause")
                await self.command(do="play")
            else:
                await self.command(do="change", changes={"training.learning_rate": rate * self._chance.uniform(0.9, 1)})

    async def look_around(self) -> None:
        """Click through the pages in another part of the screen; the live view stays."""
        for page in itertools.cycle(TOUR):
            await asyncio.sleep(self._chance.uniform(0, 2 * READ))
            self.pages.append(await self._session.visit(page))

    def forget(self) -> None:
        """Begin to count."""
        del self.frames[:-1], self.answers[:], self.pages[:]

    def epochs_a_second(self) -> float:
        """How fast their network has trained, from the first frame to the last; 0 where there were fewer than two."""
        (begun, first), (ended, last) = self.frames[0], self.frames[-1]
        return (last - first) / (ended - begun) if ended > begun else 0.0

    async def leave(self) -> None:
        """Close the browser."""
        self._socket.transport.abort()
        await self._session.close()
