"""The live route: a WebSocket beside Streamlit's own, and the files that the live view needs."""

from __future__ import annotations

import asyncio
import gzip
from functools import cache
from importlib.util import find_spec
from pathlib import Path

from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import BaseRoute, Route, WebSocketRoute
from starlette.websockets import WebSocket, WebSocketDisconnect

from ui.engine import the_engine
from ui.live.assets import asset, asset_names, version
from ui.live.origin import same_origin
from ui.live.viewer import COMMAND_CHARACTERS, BadCommand, Viewer, parse_object

SUBPROTOCOL = "layerlab.v1"
UNKNOWN_RUN = 1008  # the browser gives the run up; at any other code it calls again
HELLO_SECONDS = 5.0
FOR_EVER = {"Cache-Control": "public, max-age=31536000, immutable"}


def routes(base: str) -> list[BaseRoute]:
    """The routes under `base`, the server's base path ("" or "/lab")."""
    return [
        WebSocketRoute(f"{base}/live", live),
        Route(f"{base}/live/js/{{version}}/{{name}}", script),
        Route(f"{base}/live/plotly.min.js", plotly),
    ]


async def live(socket: WebSocket) -> None:
    """Let a browser watch and steer the run whose token it sends first."""
    if not same_origin(socket.headers):
        await socket.close(1008, "This page comes from another server.")
        return
    await socket.accept(subprotocol=SUBPROTOCOL)
    try:
        text = await asyncio.wait_for(socket.receive_text(), HELLO_SECONDS)
        if len(text) > COMMAND_CHARACTERS:
            raise BadCommand("The first message is too long.")
        hello = parse_object(text)
        run = the_engine().by_token(str(hello.get("token", "")))
        if run is None:
            await socket.close(UNKNOWN_RUN, "There is no such run (any more).")
            return
        viewer = Viewer(socket, run, hello)
    except TimeoutError:
        await socket.close(1013, "The first message did not come in time.")
    except BadCommand as refusal:
        await socket.close(1003, str(refusal)[:120])
    except WebSocketDisconnect:
        return
    else:
        await viewer.serve()


async def script(request: Request) -> Response:
    """One JavaScript or CSS file of the live view; the address holds a hash of them all, so it is cached for ever."""
    name = request.path_params["name"]
    if request.path_params["version"] != version() or name not in asset_names():
        return PlainTextResponse("There is no such file.", status_code=404)
    kind = "text/css" if name.endswith(".css") else "text/javascript"
    return Response(asset(name), media_type=kind, headers=FOR_EVER)


async def plotly(request: Request) -> Response:
    """The plotly.min.js that the plotly package ships, compressed once."""
    headers = FOR_EVER | {"Vary": "Accept-Encoding"}
    if "gzip" in request.headers.get("accept-encoding", ""):
        body = await asyncio.to_thread(_plotly_gzipped)
        headers["Content-Encoding"] = "gzip"
    else:
        body = await asyncio.to_thread(_plotly)
    return Response(body, media_type="text/javascript", headers=headers)


def _plotly() -> bytes:
    package = find_spec("plotly")
    if package is None or package.origin is None:
        raise FileNotFoundError("the package plotly is not installed")
    return (Path(package.origin).parent / "package_data" / "plotly.min.js").read_bytes()


@cache
def _plotly_gzipped() -> bytes:
    return gzip.compress(_plotly(), compresslevel=6)
