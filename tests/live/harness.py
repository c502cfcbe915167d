"""The live view without Streamlit and without the engine: a page, the scripts, and a run that speaks the wire.

By hand: `python tests/live/harness.py [--port 8600]`, then open the address it prints;
`?dark=1`, `?layout={…}`, `?hidden=play,speed`.
"""

from __future__ import annotations

import argparse
import asyncio
import importlib.util
import json
import socket
import threading
import time
from pathlib import Path
from typing import Any

import uvicorn
from fake_run import FakeRun, encode
from single_view import PAGE as SINGLE
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import FileResponse, HTMLResponse, Response
from starlette.routing import Route, WebSocketRoute
from starlette.websockets import WebSocket, WebSocketDisconnect

from ui.live.assets import FOLDERS
from ui.live.route import FOR_EVER

PAGE = """<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Live view</title>
<meta name="viewport" content="width=device-width, initial-scale=1">
<link rel="icon" href="data:,"><link rel="stylesheet" href="./face.css"><style>
.light { --st-text-color: #1d2430; --st-background-color: #ffffff; --st-secondary-background-color: #f5f7fa;
  --st-primary-color: #0b6fb8; --st-border-color: #dfe4ea; }
.dark { --st-text-color: #e9edf4; --st-background-color: #12161d; --st-secondary-background-color: #1b212b;
  --st-primary-color: #4cb1f0; --st-border-color: #2d3643; }
body { margin: 0; background: var(--st-background-color); color: var(--st-text-color); font-family: var(--st-font); }
main { max-width: 1400px; margin: 0 auto; } h1 { position: absolute; clip-path: inset(50%); }
</style></head><body><main><h1>Live view</h1><div id="host"></div></main><script type="module">
import { open } from "./live/js/dev/main.js";
const query = new URLSearchParams(location.search);
const layout = { top: [["network", 2], ["output", 1]], below: [["loss", 1], ["accuracy", 1]],
  tabs: [{ title: "Layers", views: ["gradients", "bars", "histogram"] },
         { title: "Answers", views: ["confusion", "surface3d"] }] };
window.triggers = [];
window.props = { token: query.get("token") ?? "good", base: new URL("./", location.href).href,
  layout: query.has("layout") ? JSON.parse(query.get("layout")) : layout,
  hidden: (query.get("hidden") ?? "").split(",").filter(Boolean), labels: {},
  trigger: (name, value) => window.triggers.push([name, value]) };
window.reopen = (changes = {}) => { window.cleanup = open(host, Object.assign(window.props, changes)); };
window.dark = (on) => { document.body.className = on ? "dark" : "light"; window.reopen(); };
const host = document.getElementById("host");
await document.fonts.load('14px "Source Sans"');
window.dark(query.has("dark"));
</script></body></html>"""

# The typeface in which the app is read: another one may be wider, and every machine has others
FACE = """@font-face { font-family: "Source Sans"; font-weight: 200 900; src: url("./face.woff2") format("woff2"); }
:root { --st-font: "Source Sans", sans-serif; }"""


class Harness:
    """A server on a thread: `url`, `run` (edit it), `received` (every command), `drop()` closes all sockets.

    `cached` lets browsers keep the scripts, as the real server does; by hand they are to be read anew.
    """

    def __init__(self, port: int = 0, cached: bool = False) -> None:
        self.begin()
        self.sockets: set[WebSocket] = set()
        self._viewers = 0  # connections that have not ended yet
        self._headers = FOR_EVER if cached else {"Cache-Control": "no-store"}
        listener = socket.socket()
        listener.bind(("127.0.0.1", port))
        self.url = f"http://127.0.0.1:{listener.getsockname()[1]}/"
        self._listener = listener
        routes = [
            Route("/", self._page),
            Route("/single", self._single),
            Route("/live/js/{build}/{name}", self._file),
            Route("/live/plotly.min.js", self._plotly),
            Route("/face.css", self._face),
            Route("/face.woff2", self._face_file),
            WebSocketRoute("/live", self._live),
        ]
        config = uvicorn.Config(Starlette(routes=routes), log_level="error", ws="websockets-sansio", lifespan="off")
        self.server = uvicorn.Server(config)
        self._thread = threading.Thread(target=self._serve, daemon=True)

    def _serve(self) -> None:
        self.loop = asyncio.new_event_loop()
        self.loop.run_until_complete(self.server.serve(sockets=[self._listener]))
        self.loop.close()

    def __enter__(self) -> Harness:
        self._thread.start()
        while not self.server.started:
            time.sleep(0.01)
        return self

    def __exit__(self, *_: object) -> None:
        self.server.should_exit = self.server.force_exit = True
        self._thread.join(10)

    def begin(self) -> None:
        """Serve a run that is new, and know of no command."""
        self.run: Any = FakeRun()
        self.received: list[dict[str, Any]] = []
        self.refuse: str | None = None  # a sentence with which the next command is refused
        self.accepting = True

    def end(self) -> None:
        """Wait until the pages that were closed have gone, so that the next run hears nothing of them."""
        until = time.monotonic() + 30
        while self._viewers:
            assert time.monotonic() < until, "a page is still connected"
            time.sleep(0.005)

    def commands(self, do: str) -> list[dict[str, Any]]:
        """The commands of one sort received so far."""
        return [row for row in self.received if row.get("do") == do]

    def drop(self, code: int = 1012) -> None:
        """Close every socket, as a server that stops would."""

        async def close() -> None:
            for ws in list(self.sockets):
                await ws.close(code)

        asyncio.run_coroutine_threadsafe(close(), self.loop).result(5)

    async def _page(self, _: Request) -> Response:
        return HTMLResponse(PAGE)

    async def _single(self, _: Request) -> Response:
        return HTMLResponse(SINGLE, headers=self._headers)

    async def _file(self, request: Request) -> Response:
        name = request.path_params["name"]
        found = [folder / name for folder in FOLDERS if (folder / name).is_file()]
        return FileResponse(found[0], headers=self._headers) if found else Response(status_code=404)

    async def _plotly(self, _: Request) -> Response:
        spec = importlib.util.find_spec("plotly")
        assert spec is not None and spec.origin is not None
        return FileResponse(Path(spec.origin).parent / "package_data" / "plotly.min.js", headers=self._headers)

    async def _face(self, _: Request) -> Response:
        return Response(FACE, media_type="text/css", headers=self._headers)

    async def _face_file(self, _: Request) -> Response:
        spec = importlib.util.find_spec("streamlit")
        assert spec is not None and spec.origin is not None
        (found,) = (Path(spec.origin).parent / "static" / "static" / "media").glob("SourceSansVF-Upright.*.woff2")
        return FileResponse(found, headers=self._headers)

    async def _live(self, ws: WebSocket) -> None:
        self._viewers += 1
        try:
            await self._serve_viewer(ws)
        finally:
            self._viewers -= 1

    async def _serve_viewer(self, ws: WebSocket) -> None:
        if not self.accepting:
            await ws.close(1013)
            return
        await ws.accept(subprotocol="layerlab.v1")
        hello = json.loads(await ws.receive_text())
        self.received.append({"do": "hello", **hello})
        if hello["token"] != "good":
            await ws.close(1008)
            return
        self.sockets.add(ws)
        viewer = _Viewer(self, ws, hello["views"])
        sender = asyncio.create_task(viewer.send())
        try:
            while True:
                await viewer.obey(json.loads(await ws.receive_text()))
        except (WebSocketDisconnect, RuntimeError):
            pass
        finally:
            sender.cancel()
            self.sockets.discard(ws)


class _Viewer:
    """One browser: obeys its commands, sends what is new twenty times a second, three frames ahead at most."""

    def __init__(self, harness: Harness, ws: WebSocket, views: list[str]) -> None:
        self.harness, self.ws, self.views = harness, ws, views
        self.credit = 3
        self.seen: tuple[int | None, int] | None = (
            None  # (version of the run, step) of the last frame; None asks for one
        )

    async def obey(self, command: dict[str, Any]) -> None:
        run, do = self.harness.run, command["do"]
        if do == "ack":
            self.credit += 1
            return
        self.harness.received.append(command)
        reply: dict[str, Any] = {"type": "reply", "id": command.get("id"), "ok": True, "result": None}
        if self.harness.refuse and do != "views":
            reply = {"type": "reply", "id": command.get("id"), "ok": False, "error": self.harness.refuse}
            self.harness.refuse = None
        elif do in ("play", "pause"):
            run.status = {"play": "playing", "pause": "paused"}[do]
        elif do in ("step", "step_epoch"):
            for _ in range(command.get("updates", 1) if do == "step" else run.steps_an_epoch):
                run.step()
            run.status = "paused"
        elif do == "reset":
            run.reset()
        elif do == "rewind":
            run.reset()
            for _ in range(command["step"]):
                run.step()
            run.status = "paused"
        elif do == "speed":
            run.speed = command["updates_a_second"]
        elif do == "views":
            self.views = command["views"]
            self.seen = None
        elif do == "edit" and command["parameter"].startswith(("weight/", "bias/")):
            kind, layer = command["parameter"].split("/")
            (run.weights if kind == "weight" else run.biases)[int(layer)][tuple(command["index"])] = command["value"]
            self.seen = None
        if command.get("id") is not None:
            await self.ws.send_bytes(encode(reply))

    async def send(self) -> None:
        generation: int | None = None
        version: int | None = None
        rows, state = 0, b""
        while True:
            run, parts = self.harness.run, []
            if run.status == "playing":
                todo = 10 if run.speed is None else max(1, round(run.speed / 20))
                for _ in range(todo):
                    run.step()
                run.measured = todo * 20.0
            if generation != run.generation:
                parts.append(run.description())
                generation, rows, self.seen = run.generation, 0, None
            if run.state() != state:
                state = run.state()
                parts.append(state)
            if version != run.version:
                version, rows = run.version, 0
            if rows < (known := len(run.rows)):  # a test may add rows meanwhile
                parts.append(run.history(rows, known))
                rows = known
            if self.credit > 0 and self.seen != (version, run.steps):
                self.seen = (version, run.steps)
                self.credit -= 1
                parts.append(run.frame(self.views))
            if parts:
                await self.ws.send_bytes(b"".join(parts))
            await asyncio.sleep(0.05)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--port", type=int, default=8600)
    with Harness(port=parser.parse_args().port) as harness:
        print(harness.url, flush=True)
        try:
            while True:
                time.sleep(1)
        except KeyboardInterrupt:
            pass
