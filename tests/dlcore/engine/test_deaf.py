import os
import signal
import subprocess
import sys
from pathlib import Path

import psutil
import pytest
from waiting import WAIT, eventually

pytestmark = pytest.mark.slow  # a server and the process that workers come from, with PyTorch of its own
SERVER = """
import signal, sys
if __name__ == "__main__":
    signal.signal(signal.SIGINT, lambda *_: sys.exit(0))
    from dlcore.engine.local import LocalEngine
    with LocalEngine(1) as engine:
        print("opened", flush=True)
        signal.pause()
"""


def test_ctrl_c_while_pytorch_is_loaded_ends_all_without_a_word(tmp_path: Path) -> None:
    script = tmp_path / "server.py"
    script.write_text(SERVER)
    server = subprocess.Popen(
        [sys.executable, str(script)],
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        start_new_session=True,
    )
    try:
        assert server.stdout is not None
        assert server.stdout.readline() == "opened\n"
        eventually(lambda: any("libtorch" in path for path in loaded(server.pid)))
        processes = psutil.Process(server.pid).children(recursive=True)
        os.killpg(server.pid, signal.SIGINT)
        output = server.communicate(timeout=WAIT)[0]
        assert output == "" and server.returncode == 0
        eventually(lambda: not any(process.is_running() for process in processes))
    finally:
        server.kill()  # where the test failed; those that it started notice it
        server.wait(WAIT)


def loaded(pid: int) -> list[str]:
    """The files that the children of a process have in their memory."""
    found = []
    for child in psutil.Process(pid).children(recursive=True):
        try:
            found += [row.path for row in child.memory_maps()]
        except psutil.Error:
            continue  # it has not begun, or has ended
    return found
