"""A visitor without a browser: a Streamlit session over its own WebSocket, as Streamlit's front end opens it."""

from __future__ import annotations

import json
import time
from collections.abc import Iterator
from typing import Any

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.asyncio.client import ClientConnection, connect


class Session:
    """Visits pages; a page is there when its script has finished and all that it drew has arrived."""

    def __init__(self, socket: ClientConnection) -> None:
        self._socket = socket
        self._pages: dict[str, str] = {}  # address -> what Streamlit calls the page
        self.token = ""  # of the run that the last page showed
        self.problems: list[str] = []  # what a page showed as an exception

    @classmethod
    async def open(cls, url: str) -> Session:
        """Connect to the server at this address, "http://…"."""
        address = url.replace("http", "ws", 1) + "/_stcore/stream"
        return cls(await connect(address, origin=url, subprotocols=["streamlit"], max_size=None))  # type: ignore[arg-type, list-item]  # plain texts serve as Origin and Subprotocol

    async def visit(self, page: str, query: str = "") -> float:
        """Open a page by its address; gives the seconds until it is there. Raises: RuntimeError: its script failed."""
        message = BackMsg()
        message.rerun_script.query_string = query
        if page in self._pages:  # a click on the menu; else the address was typed
            message.rerun_script.page_script_hash = self._pages[page]
        else:
            message.rerun_script.page_name = page
        began = time.perf_counter()
        await self._socket.send(message.SerializeToString())
        async for data in self._socket:
            assert isinstance(data, bytes)
            answer = ForwardMsg.FromString(data)
            self._read(answer)
            if answer.WhichOneof("type") == "script_finished":
                if answer.script_finished != ForwardMsg.FINISHED_SUCCESSFULLY or self.problems:
                    raise RuntimeError(f"{page}: expected its script to finish; {self.problems or answer}")
                return time.perf_counter() - began
        raise RuntimeError(f"{page}: expected a page; the server closed the connection")

    async def close(self) -> None:
        """Leave."""
        await self._socket.close()

    def _read(self, message: ForwardMsg) -> None:
        kind = message.WhichOneof("type")
        if kind == "navigation":
            self._pages = {page.url_pathname: page.page_script_hash for page in message.navigation.app_pages}
        elif kind == "delta":
            for element in _elements(message):
                if element.WhichOneof("type") == "exception":
                    self.problems.append(element.exception.message)
                elif element.WhichOneof("type") == "bidi_component" and element.bidi_component.json:
                    self.token = json.loads(element.bidi_component.json).get("token", self.token)


def _elements(message: ForwardMsg) -> Iterator[Any]:
    if message.delta.WhichOneof("type") == "new_element":
        yield message.delta.new_element
