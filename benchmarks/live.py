"""One browser that watches the default Playground experiment: frames drawn, script runs meanwhile, answers to Pause."""

from __future__ import annotations

import statistics
from typing import Any

from playwright.sync_api import Page, WebSocket

from benchmarks.browser import PATIENCE, chromium, drawn_network, projector
from benchmarks.figure import report
from benchmarks.server import served

SECONDS = 10.0
PAUSES = 40

WATCH = """async (seconds) => {
    const { stats } = document.querySelector(".ll-root").layerlab;
    const before = { ...stats, time: performance.now() };
    await new Promise((done) => setTimeout(done, 1000 * seconds));
    const passed = (performance.now() - before.time) / 1000;
    return { drawn: (stats.drawn - before.drawn) / passed, received: (stats.frames - before.frames) / passed };
}"""

# While it plays for a while, other for each pause, so that pauses meet the worker at any point of its time slices.
PAUSE = """async (times) => {
    const live = document.querySelector(".ll-root").layerlab;
    const waits = [];
    for (let k = 0; k < times; k++) {
        await live.send({ do: "play" });
        await new Promise((done) => setTimeout(done, 150 + 7 * k));
        const began = performance.now();
        await live.send({ do: "pause" });
        waits.push(performance.now() - began);
    }
    return waits;
}"""


class Messages:
    """Counts what the page scripts send to the browser: each of their runs sends several messages."""

    def __init__(self, page: Page) -> None:
        self.received = 0
        page.on("websocket", self._met)

    def _met(self, socket: WebSocket) -> None:
        if socket.url.endswith("/_stcore/stream"):
            socket.on("framereceived", self._count)

    def _count(self, _message: Any) -> None:
        self.received += 1


def main() -> None:
    """Print the three figures."""
    with served() as server, chromium() as browser:
        page = projector(browser)
        messages = Messages(page)
        page.goto(f"{server.url}/playground")
        drawn_network(page)
        page.wait_for_function("window.Plotly !== undefined", timeout=PATIENCE)  # the curves are there too
        # The default experiment ends after some epochs; playing on keeps the same network moving.
        page.evaluate("""() => {
            const live = document.querySelector(".ll-root").layerlab;
            const on = () => live.store.state?.status === "finished" && live.send({ do: "play" });
            live.store.on("state", on);
            return live.send({ do: "play" });
        }""")
        page.wait_for_timeout(2000)
        if messages.received == 0:
            raise RuntimeError("page: expected messages of the first script run; the counter saw none")
        before = messages.received
        rates = page.evaluate(WATCH, SECONDS)
        sent = messages.received - before
        waits = page.evaluate(PAUSE, PAUSES)
    report("live: frames drawn", rates["drawn"], "frames/s", ">= 20", rates["drawn"] >= 20)
    report(f"live: messages of page scripts in {SECONDS:g} s", sent, "messages", "= 0", sent == 0)
    late = statistics.quantiles(waits, n=20)[-1]
    report("live: pause acknowledged, p95", late, "ms", "<= 100", late <= 100)


if __name__ == "__main__":
    main()
