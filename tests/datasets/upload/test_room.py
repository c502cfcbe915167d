"""A folder of uploads lasts as long as its server, whatever ends that."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from datasets.upload.room import PREFIX, Room

SERVER = """
import sys, time
from pathlib import Path
from datasets.upload.room import Room
room = Room(Path(sys.argv[1]))
(room.path / "secret.npy").write_bytes(b"marks")
print(room.path, flush=True)
time.sleep(60)
"""


def test_a_room_is_private_and_ends(tmp_path: Path) -> None:
    room = Room(tmp_path)
    assert room.path.parent == tmp_path and room.path.stat().st_mode & 0o777 == 0o700
    (room.path / "data.npy").write_bytes(b"x")
    room.close()
    room.close()
    assert list(tmp_path.iterdir()) == []


@pytest.mark.skipif(sys.platform == "win32", reason="no such locks there")
def test_the_next_server_deletes_what_a_killed_one_left_and_nothing_else(tmp_path: Path) -> None:
    mine = Room(tmp_path)
    (tmp_path / "other").mkdir()
    (tmp_path / f"{PREFIX}file").write_bytes(b"no folder")
    killed = subprocess.Popen([sys.executable, "-c", SERVER, str(tmp_path)], stdout=subprocess.PIPE, text=True)
    assert killed.stdout is not None
    left = Path(killed.stdout.readline().strip())
    second = Room(tmp_path)
    assert (left / "secret.npy").is_file(), "it runs"
    killed.kill()
    killed.wait()
    killed.stdout.close()
    third = Room(tmp_path)
    assert not left.exists() and mine.path.is_dir() and second.path.is_dir()
    assert (tmp_path / "other").is_dir() and (tmp_path / f"{PREFIX}file").is_file()
    for room in (mine, second, third):
        room.close()
