"""What the engine answers instead of doing something it must not do; the text is one sentence for the learner."""

from __future__ import annotations

from concurrent.futures import Future
from typing import Any


class Refused(Exception):
    """A command was not done; the reason is read as a sentence, so it ends like one."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason if reason.endswith((".", "!", "?", "…")) else f"{reason}.")


class LimitReached(Refused):
    """There are as many runs as there may be."""


def refused(sentence: str) -> Future[Any]:
    """A future that is over already, with a refusal."""
    future: Future[Any] = Future()
    future.set_exception(Refused(sentence))
    return future
