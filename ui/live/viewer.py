"""One browser that watches one run: frames go out as fast as it can follow, commands come in."""

from __future__ import annotations

import asyncio
import contextlib
import json
from collections.abc import Callable
from concurrent.futures import Future
from typing import Any

from starlette.websockets import WebSocket, WebSocketDisconnect

from dlcore.engine.errors import Refused
from dlcore.engine.frame import encode
from dlcore.engine.run import Run

IN_FLIGHT = 3  # frames sent and not yet drawn; beyond, the newest frame waits and older ones are dropped
FASTEST = 30.0  # frames a second at most
COMMAND_CHARACTERS = 200_000


class BadCommand(ValueError):
    """The browser sent something that is no command; the text says what was expected."""


COMMANDS: dict[str, Callable[[Run, dict[str, Any]], Future[Any]]] = {
    "play": lambda run, said: run.play(),
    "pause": lambda run, said: run.pause(),
    "step": lambda run, said: run.step(_whole(said, "updates", 1, 1_000_000)),
    "step_epoch": lambda run, said: run.step_epoch(),
    "speed": lambda run, said: run.speed(_rate(said)),
    "reset": lambda run, said: run.reset(),
    "rewind": lambda run, said: run.rewind(_whole(said, "step", 0, 2**53)),
    "change": lambda run, said: run.change(_object(said, "changes")),
    "edit": lambda run, said: run.edit(_text(said, "parameter"), _index(said), _number(said, "value")),
    "look": lambda run, said: run.look(**_object(said, "options")),
}


class Viewer:
    """Sends what is new, with at most `IN_FLIGHT` frames unacknowledged; carries out commands and answers them."""

    def __init__(self, socket: WebSocket, run: Run, hello: dict[str, Any]) -> None:
        self.socket, self.run = socket, run
        self.credit = IN_FLIGHT
        self.news = asyncio.Event()
        loop = asyncio.get_running_loop()
        self.watch = run.watch(_views(hello), _frame_rate(hello), lambda: _wake(loop, self.news))
        self.news.set()
        self.answers: set[asyncio.Task[None]] = set()

    async def serve(self) -> None:
        """Run until the browser goes away or the run ends."""
        sender = asyncio.create_task(self._send())
        receiver = asyncio.create_task(self._receive())
        try:
            await asyncio.wait((sender, receiver), return_when=asyncio.FIRST_COMPLETED)
        finally:
            self.watch.close()
            for task in (sender, receiver, *self.answers):
                task.cancel()
            results = await asyncio.gather(sender, receiver, *self.answers, return_exceptions=True)
        for result in results:
            if isinstance(result, BadCommand):
                with contextlib.suppress(RuntimeError):  # the browser may be gone already
                    await self.socket.close(1003, str(result)[:120])  # 1008 means that the run is unknown
            elif isinstance(result, Exception) and not isinstance(result, WebSocketDisconnect | RuntimeError):
                raise result

    async def _send(self) -> None:
        while True:
            await self.news.wait()
            self.news.clear()
            message = self.watch.take(frame=self.credit > 0)
            if message is not None:
                self.credit -= self.watch.took_frame
                await self.socket.send_bytes(message)

    async def _receive(self) -> None:
        while True:
            text = await self.socket.receive_text()
            if len(text) > COMMAND_CHARACTERS:
                raise BadCommand(f"A command has {COMMAND_CHARACTERS:,} characters at most; received {len(text):,}.")
            said = parse_object(text)
            what = said.get("do")
            if what == "ack":
                self.credit = min(self.credit + 1, IN_FLIGHT)
                self.news.set()
            elif what == "views":
                self.watch.look_at(_views(said), _frame_rate(said))
                await self._reply(said, None)
            else:
                task = asyncio.create_task(self._carry_out(said))
                self.answers.add(task)
                task.add_done_callback(self.answers.discard)

    async def _carry_out(self, said: dict[str, Any]) -> None:
        try:
            command = COMMANDS.get(str(said.get("do")))
            if command is None:
                raise BadCommand(f"do: expected one of {', '.join(COMMANDS)}; received {said.get('do')!r}")
            result = await asyncio.wrap_future(command(self.run, said))
        except (Refused, ValueError) as refusal:
            await self._reply(said, None, error=str(refusal))
        else:
            await self._reply(said, result)

    async def _reply(self, said: dict[str, Any], result: Any, error: str | None = None) -> None:
        if "id" not in said:
            return
        header = {"type": "reply", "id": said["id"], "ok": error is None}
        header |= {"result": result} if error is None else {"error": error}
        await self.socket.send_bytes(encode(header, {}))


def parse_object(text: str) -> dict[str, Any]:
    """A JSON object. Raises: BadCommand: the text is none."""
    try:
        said = json.loads(text)
    except (ValueError, RecursionError):
        raise BadCommand("A command is a JSON object; this text is no JSON.") from None
    if not isinstance(said, dict):
        raise BadCommand(f"A command is a JSON object; received {type(said).__name__}.")
    return said


def _wake(loop: asyncio.AbstractEventLoop, news: asyncio.Event) -> None:
    with contextlib.suppress(RuntimeError):  # the loop has ended with the server
        loop.call_soon_threadsafe(news.set)


def _views(said: dict[str, Any]) -> frozenset[str]:
    views = said.get("views", [])
    if not isinstance(views, list) or len(views) > 100 or not all(isinstance(name, str) for name in views):
        raise BadCommand("views: expected a list of names")
    return frozenset(views)


def _frame_rate(said: dict[str, Any]) -> float:
    rate = said.get("rate", 20)
    if isinstance(rate, bool) or not isinstance(rate, int | float) or not 0 < rate <= FASTEST:
        raise BadCommand(f"rate: expected frames a second above 0 and at most {FASTEST:g}; received {rate!r}")
    return float(rate)


def _whole(said: dict[str, Any], name: str, least: int, most: int) -> int:
    value = said.get(name, least)
    if isinstance(value, bool) or not isinstance(value, int) or not least <= value <= most:
        raise BadCommand(f"{name}: expected a whole number from {least:,} to {most:,}; received {value!r}")
    return value


def _number(said: dict[str, Any], name: str) -> float:
    value = said.get(name)
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise BadCommand(f"{name}: expected a number; received {value!r}")
    try:
        return float(value)
    except OverflowError:  # a whole number of hundreds of digits
        raise BadCommand(f"{name}: expected a number of usual size") from None


def _rate(said: dict[str, Any]) -> float | None:
    if said.get("updates_a_second") is None:
        return None
    rate = _number(said, "updates_a_second")
    if not 0 < rate <= 1e6:
        raise BadCommand(f"updates_a_second: expected a number above 0 or null; received {rate!r}")
    return rate


def _text(said: dict[str, Any], name: str) -> str:
    value = said.get(name)
    if not isinstance(value, str):
        raise BadCommand(f"{name}: expected a text; received {value!r}")
    return value


def _object(said: dict[str, Any], name: str) -> dict[str, Any]:
    value = said.get(name)
    if not isinstance(value, dict):
        raise BadCommand(f"{name}: expected an object; received {value!r}")
    return value


def _index(said: dict[str, Any]) -> tuple[int, ...]:
    index = said.get("index")
    if not isinstance(index, list) or not all(isinstance(i, int) and not isinstance(i, bool) for i in index):
        raise BadCommand(f"index: expected a list of whole numbers; received {index!r}")
    return tuple(index)
