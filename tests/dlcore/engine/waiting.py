"""Waiting for what another process does."""

import time
from collections.abc import Callable


def eventually(condition: Callable[[], object], timeout: float = 10.0) -> None:
    """Wait until something is so; fails where it does not become so in time."""
    until = time.monotonic() + timeout
    while not condition():
        assert time.monotonic() < until, f"waited {timeout} s in vain"
        time.sleep(0.005)
