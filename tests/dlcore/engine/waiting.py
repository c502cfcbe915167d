"""Waiting for what another process does."""

import time
from collections.abc import Callable

WAIT = 120.0  # seconds that nothing takes unless something is wrong, also on a machine that has much else to do


def eventually(condition: Callable[[], object], timeout: float = WAIT) -> None:
    """Wait until something is so; fails where it does not become so in time."""
    until = time.monotonic() + timeout
    while not condition():
        assert time.monotonic() < until, f"waited {timeout} s in vain"
        time.sleep(0.005)
