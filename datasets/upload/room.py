"""The private folder in which one server keeps uploads; a lock says that it is in use."""

from __future__ import annotations

import os
import shutil
import sys
import tempfile
from pathlib import Path

if sys.platform != "win32":
    import fcntl

PREFIX = "layerlab-uploads-"


class Room:
    """A folder for this user alone (mode 0700) that lasts as long as the process that made it.

    A process that is killed cannot tidy up; the system then lets go of its lock, and the next one that makes a room
    here deletes the folder (not on Windows, where such folders stay until somebody tidies up the temporary ones).
    """

    def __init__(self, where: Path | None = None) -> None:
        where = where or Path(tempfile.gettempdir())
        _delete_orphans(where)
        new = Path(tempfile.mkdtemp(prefix="new-", dir=where))  # nobody looks at it before it is locked
        self._lock = _taken(new)
        self.path = new.rename(where / f"{PREFIX}{new.name.removeprefix('new-')}")

    def close(self) -> None:
        """Delete the folder with all that is in it."""
        shutil.rmtree(self.path, ignore_errors=True)
        if self._lock is not None:
            os.close(self._lock)
            self._lock = None


def _taken(folder: Path) -> int | None:
    """The lock of a folder (a file descriptor), taken; None where another has it, or the system has no such locks."""
    if sys.platform == "win32":
        return None
    lock = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        os.close(lock)
        return None
    return lock


def _delete_orphans(where: Path) -> None:
    for folder in where.glob(f"{PREFIX}*"):
        try:
            lock = _taken(folder)
        except OSError:  # another user's, or no folder, or gone by now
            continue
        if lock is not None:
            shutil.rmtree(folder, ignore_errors=True)
            os.close(lock)
