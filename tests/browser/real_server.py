"""`layerlab serve` as a process of its own, and all the processes that belong to it."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from pathlib import Path

import psutil

ROOT = Path(__file__).parents[2]


class Server:
    """`layerlab serve` on a free port, with more options if wanted, ended by its process id."""

    def __init__(self, *options: str) -> None:
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = free.getsockname()[1]
        self.log = tempfile.TemporaryFile()  # noqa: SIM115  # closed with the server
        self.url = f"http://127.0.0.1:{self.port}"
        self.process = subprocess.Popen(
            [sys.executable, "-m", "layerlab", "serve", "--port", str(self.port), *options],
            cwd=ROOT,
            stdout=self.log,
            stderr=subprocess.STDOUT,
            start_new_session=True,  # by which all that it starts is known, also what it leaves behind
        )
        until = time.monotonic() + 60
        while time.monotonic() < until:
            try:
                with urllib.request.urlopen(f"{self.url}/_stcore/health", timeout=2) as answer:
                    if answer.status == 200:
                        return
            except (urllib.error.URLError, ConnectionError, TimeoutError):
                assert self.process.poll() is None, "the server ended at once"
                time.sleep(0.1)
        raise TimeoutError("the server did not answer within a minute")

    def said(self) -> str:
        """What the server wrote so far."""
        self.log.seek(0)
        return self.log.read().decode(errors="replace")

    @property
    def family(self) -> list[psutil.Process]:
        """The processes of the server that run: its own and all that it started."""
        return [process for process in psutil.process_iter() if self._owns(process)]

    @property
    def workers(self) -> list[psutil.Process]:
        """The processes that train: those that the server's own children started."""
        return [process for process in self.family if process.ppid() not in (self.process.pid, os.getpid())]

    def _owns(self, process: psutil.Process) -> bool:
        try:
            return os.getsid(process.pid) == self.process.pid and process.status() != psutil.STATUS_ZOMBIE
        except (ProcessLookupError, psutil.NoSuchProcess):
            return False

    def leave_nothing(self) -> None:
        """Wait until no process of the server is left. Raises: AssertionError: one stays."""
        until = time.monotonic() + 60
        while left := self.family:
            assert time.monotonic() < until, f"{left} are left, the server wrote {self.said()}"
            time.sleep(0.1)

    def close(self) -> None:
        """End it as Ctrl-C does. Raises: AssertionError: it leaves a process behind."""
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGINT)
        try:
            self.process.wait(20)
            self.leave_nothing()
        finally:
            for process in self.family:
                process.kill()
            self.process.wait(10)
            self.log.close()
