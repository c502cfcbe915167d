import os

import pytest

from dlcore.engine.resolve import resolve


def test_names_are_resolved_or_refused() -> None:
    assert resolve("os:getpid") is os.getpid
    for name in ("os:nothing", "no_such_module:f", "os"):
        with pytest.raises(ValueError, match=r"function: expected .* received"):
            resolve(name)
