"""A real server for benchmarks, and what its processes use."""

from __future__ import annotations

import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import psutil

ROOT = Path(__file__).parents[1]


@dataclass(frozen=True, slots=True)
class Server:
    """A running `layerlab serve`."""

    url: str
    process: psutil.Process
    seconds: float  # from its start to the first answer

    def cpu_seconds(self) -> float:
        """Processor time of the web process alone."""
        times = self.process.cpu_times()
        return float(times.user + times.system)


@contextmanager
def served() -> Iterator[Server]:
    """Start a server on a free port, and end it and all its workers."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    began = time.perf_counter()
    child = subprocess.Popen(
        [sys.executable, "-m", "layerlab", "serve", "--port", str(port)],
        cwd=ROOT,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        while not _answers(f"http://127.0.0.1:{port}/"):
            if child.poll() is not None or time.perf_counter() - began > 60:
                raise RuntimeError("the server does not answer")
            time.sleep(0.02)
        yield Server(f"http://127.0.0.1:{port}", psutil.Process(child.pid), time.perf_counter() - began)
    finally:
        child.terminate()
        child.wait(30)


def _answers(url: str) -> bool:
    try:
        with urllib.request.urlopen(url, timeout=2) as answer:
            return bool(answer.status == 200)
    except (urllib.error.URLError, ConnectionError, TimeoutError):
        return False
