"""What the engine answers instead of doing something it must not do; the text is one sentence for the learner."""

from __future__ import annotations


class Refused(Exception):
    """A command was not done."""


class LimitReached(Refused):
    """There are as many runs as there may be."""
