import os
import signal
import subprocess
import sys
from pathlib import Path

import psutil
import pytest
from waiting import WAIT, eventually

pytestmark = pytest.mark.slow  # each starts a server and its workers, with PyTorch of their own
HERE = os.path.dirname(__file__)

SERVER = """
import os, signal, sys, time
print("main ran", flush=True)
if __name__ == "__main__":
    sys.path.append({here!r})
    {first}
    from dlcore.engine.local import LocalEngine
    from toy import Toy
    engine = LocalEngine(2, make_lab="toy:make_lab")
    engine.open()
    assert engine.wait(60)
    engine.start(Toy(), owner="a").play().result(60)
    print("workers", *engine.processes, flush=True)
    {then}
"""


def serve(tmp_path: Path, then: str, first: str = "") -> tuple[subprocess.Popen[str], list[int]]:
    script = tmp_path / "server.py"
    script.write_text(SERVER.format(here=HERE, first=first, then=then))
    server = subprocess.Popen(
        [sys.executable, str(script)], stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
    )
    assert server.stdout is not None
    assert server.stdout.readline() == "main ran\n"
    line = server.stdout.readline()
    assert line.startswith("workers "), line  # the main script did not run again in the workers
    return server, [int(pid) for pid in line.split()[1:]]


def family(server: subprocess.Popen[str]) -> list[psutil.Process]:
    return psutil.Process(server.pid).children(recursive=True)


def test_nothing_is_left_when_the_server_is_killed(tmp_path: Path) -> None:
    server, pids = serve(tmp_path, "time.sleep(60)")
    processes = family(server)
    assert {process.pid for process in processes} >= set(pids)
    os.kill(server.pid, signal.SIGKILL)
    output = server.communicate(timeout=WAIT)[0]
    eventually(lambda: not any(process.is_running() for process in processes))
    assert "Traceback" not in output


def test_nothing_is_left_when_the_server_ends_without_closing(tmp_path: Path) -> None:
    server, _ = serve(tmp_path, "sys.stdin.readline()")
    processes = family(server)
    output = server.communicate("go on\n", timeout=WAIT)[0]
    assert server.returncode == 0 and "Traceback" not in output
    eventually(lambda: not any(process.is_running() for process in processes))


def test_ctrl_c_in_the_terminal_ends_workers_quietly(tmp_path: Path) -> None:
    # what ends it is set up before it says that it runs: Ctrl-C may come at once
    server, pids = serve(tmp_path, "time.sleep(60)", "signal.signal(signal.SIGINT, lambda *_: sys.exit(0))")
    processes = family(server)
    for pid in [server.pid, *pids]:
        os.kill(pid, signal.SIGINT)
    output = server.communicate(timeout=WAIT)[0]
    assert server.returncode == 0 and "Traceback" not in output
    eventually(lambda: not any(process.is_running() for process in processes))
