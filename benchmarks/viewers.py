"""A hundred WebSocket viewers of one run that plays: what a frame costs the server, and whether all get their share."""

from __future__ import annotations

import asyncio
import json
import statistics
import struct
import subprocess
import sys
from collections.abc import Iterator

from websockets.asyncio.client import ClientConnection, connect

from benchmarks.browser import chromium, drawn_network, projector
from benchmarks.figure import report
from benchmarks.server import ROOT, Server, served

VIEWERS = 100
RATE = 10.0  # frames a second
SECONDS = 15.0
SETTLE = 3.0  # seconds until all have had their first frames
VIEWS = ("network", "output", "loss", "score")  # what the Playground shows at first


# The crowd: another process, so that its work is not taken for the server's


def packet_types(message: bytes) -> Iterator[str]:
    """The types of the packets of a message (docs/architecture.md, "The wire")."""
    position = 0
    while position < len(message):
        header, body = struct.unpack_from("<II", message, position)
        yield json.loads(message[position + 8 : position + 8 + header])["type"]
        position += 8 + header + body


class Spectator:
    """One viewer: takes what comes, acknowledges frames, counts them."""

    def __init__(self, socket: ClientConnection) -> None:
        self.socket, self.frames = socket, 0

    async def look(self, token: str) -> None:
        """Say hello, then watch for ever."""
        await self.socket.send(json.dumps({"token": token, "views": VIEWS, "rate": RATE}))
        async for message in self.socket:
            if isinstance(message, bytes) and "frame" in packet_types(message):
                self.frames += 1
                await self.socket.send('{"do": "ack"}')

    async def keep_playing(self) -> None:
        """The experiment ends after some epochs; it is to train on."""
        while True:
            await self.socket.send('{"do": "play"}')
            await asyncio.sleep(0.5)


async def watch(url: str, token: str) -> None:
    """Print "begin" when all look, then the frames that each of them got."""
    address = url.replace("http", "ws") + "/live"
    spectators = []
    for _ in range(VIEWERS):
        socket = await connect(address, origin=url, subprotocols=["layerlab.v1"], max_size=None)  # type: ignore[arg-type, list-item]  # plain texts serve as Origin and Subprotocol
        spectators.append(Spectator(socket))
    tasks = [asyncio.create_task(spectator.look(token)) for spectator in spectators]
    tasks.append(asyncio.create_task(spectators[0].keep_playing()))
    await asyncio.sleep(SETTLE)
    before = [spectator.frames for spectator in spectators]
    print("begin", flush=True)
    await asyncio.sleep(SECONDS)
    print(json.dumps([spectator.frames - had for spectator, had in zip(spectators, before, strict=True)]), flush=True)
    for task in tasks:
        if task.done():
            task.result()  # a viewer who was sent away is an error
        task.cancel()
    for spectator in spectators:
        spectator.socket.transport.abort()


def crowd() -> None:
    """The other process: address and token come on stdin."""
    url, token = sys.stdin.readline().split()
    asyncio.run(watch(url, token))


# The measurement


def token_of_a_page(server: Server) -> str:
    """A visitor's run, as their page knows it; the visitor has left when this returns."""
    with chromium() as browser:
        page = projector(browser)
        page.goto(f"{server.url}/playground")
        drawn_network(page)
        return str(page.evaluate("document.querySelector('.ll-root').layerlab.props.token"))


def main() -> None:
    """Print the three figures."""
    with served() as server:
        token = token_of_a_page(server)
        command = [sys.executable, "-c", "from benchmarks.viewers import crowd; crowd()"]
        with subprocess.Popen(command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as child:
            assert child.stdin is not None and child.stdout is not None
            child.stdin.write(f"{server.url} {token}\n")
            child.stdin.flush()
            if child.stdout.readline() != "begin\n":
                raise RuntimeError("viewers: expected them all to look at the run; they ended before")
            before = server.cpu_seconds()
            counts: list[int] = json.loads(child.stdout.readline())
            spent = server.cpu_seconds() - before
    sent, median = sum(counts), statistics.median(counts)
    cost, share, rate = 1000 * spent / sent, min(counts) / median, median / SECONDS
    report("viewers: processor time of the server a frame sent", cost, "ms", "<= 1", cost <= 1)
    report("viewers: slowest viewer against the median's frames", share, "ratio", ">= 0.8", share >= 0.8)
    report("viewers: frames a median viewer gets", rate, "frames/s", ">= 9.5", rate >= 9.5)


if __name__ == "__main__":
    main()
