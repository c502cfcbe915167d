"""A real server for benchmarks, and what its processes use."""

from __future__ import annotations

import os
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
PATIENCE = 60.0  # seconds


@dataclass(frozen=True, slots=True)
class Server:
    """A running `layerlab serve`."""

    url: str
    process: psutil.Process
    seconds: float  # from its start to the first answer

    def cpu_seconds(self) -> float:
        """Processor time of the web process alone, in seconds; its workers are other processes."""
        times = self.process.cpu_times()
        return float(times.user + times.system)

    def worker_seconds(self) -> float:
        """Processor time of all that the web process has started, in seconds."""
        times = [child.cpu_times() for child in self.process.children(recursive=True)]
        return float(sum(each.user + each.system for each in times))

    def memory(self) -> float:
        """Proportional memory of the web process and all it has started, in MB."""
        processes = [self.process, *self.process.children(recursive=True)]
        return float(sum(process.memory_full_info().pss for process in processes)) / 1e6


@contextmanager
def served() -> Iterator[Server]:
    """Start a server on a free port, and end it and all its workers.

    Python keeps compiled modules, as it does for a person: a setting that forbids it would make every start the first.

    Raises: RuntimeError: it did not answer.
    """
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    settings = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    began = time.perf_counter()
    child = subprocess.Popen(
        [sys.executable, "-m", "layerlab", "serve", "--port", str(port)],
        cwd=ROOT,
        env=settings,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        while not _answers(f"http://127.0.0.1:{port}/"):
            if child.poll() is not None or time.perf_counter() - began > PATIENCE:
                raise RuntimeError(f"server: expected an answer within {PATIENCE:g} s; its exit code is {child.poll()}")
            time.sleep(0.01)
        yield Server(f"http://127.0.0.1:{port}", psutil.Process(child.pid), time.perf_counter() - began)
    finally:
        child.terminate()
        try:
            child.wait(30)
        except subprocess.TimeoutExpired:
            child.kill()
            child.wait(30)


def _answers(url: str) -> bool:
    try:
        with urllib.request.urlopen(url, timeout=PATIENCE) as answer:
            return bool(answer.status == 200)
    except (urllib.error.URLError, ConnectionError):
        return False
