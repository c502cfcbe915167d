"""Where tests train: on the CPU, but for those that ask for a `device`, which run once on each kind there is."""

from collections.abc import Iterator

import pytest
import torch

CUDA = torch.cuda.is_available()
DEVICES = (
    pytest.param("cpu"),
    pytest.param("cuda", marks=pytest.mark.skipif(not CUDA, reason="needs a CUDA card, and there is none here")),
)


@pytest.fixture(params=DEVICES)
def device(request: pytest.FixtureRequest) -> str:
    """The device that experiments with `training.device` "auto" train on in this test."""
    return str(request.param)


@pytest.fixture(autouse=True)
def _auto_is_the_cpu(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Numbers that tests expect to the last bit are the CPU's, also where there is a card."""
    asked = request.getfixturevalue("device") if "device" in request.fixturenames else "cpu"
    if CUDA and asked == "cpu":
        monkeypatch.setattr(torch.cuda, "is_available", lambda: False)
    yield
