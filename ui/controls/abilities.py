"""What a kind of experiment can do at all: what controls ask before they offer a setting that it would only refuse."""

from __future__ import annotations

from functools import cache

from dlcore.specs.experiment import Experiment
from dlcore.specs.spec import SpecError


def takes(spec: Experiment, path: str, value: object) -> bool:
    """Whether the experiment that this one's kind begins with could have a value at a dotted path."""
    return _takes(type(spec), path, value)


def has_two_ways(spec: Experiment) -> bool:
    """Whether there is a faster way to train than the textbook's, so that one can choose (see `Experiment.exact`)."""
    return _has_two_ways(type(spec))


@cache
def _takes(kind: type[Experiment], path: str, value: object) -> bool:
    try:
        kind().replace({path: value})
    except SpecError:
        return False
    return True


@cache
def _has_two_ways(kind: type[Experiment]) -> bool:
    return kind().exact() != kind()
