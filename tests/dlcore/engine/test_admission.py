"""What an engine is told about who may do what, and what its workers are told about where they are."""

from collections.abc import Callable

import pytest
from toy import Toy
from waiting import WAIT

from dlcore.engine.errors import Refused
from dlcore.engine.local import LocalEngine


@pytest.mark.slow
def test_every_spec_and_change_is_asked_about(open_engine: Callable[..., LocalEngine]) -> None:
    asked: list[tuple[str, str]] = []

    def admit(text: str, owner: str) -> str | None:
        asked.append((text, owner))
        return "Not with this one." if "secret" in text else None

    engine = open_engine(admit=admit)
    run = engine.start(Toy(), owner="anna")
    run.built.result(WAIT)
    assert asked == [(Toy().as_json(), "anna")]
    with pytest.raises(Refused, match=r"^Not with this one\.$"):
        run.change({"secret": 1}).result(WAIT)
    assert asked[-1] == ('{"secret": 1}', "anna")
    run.step().result(WAIT)
    assert run.step_now == 1, "the run goes on"


@pytest.mark.slow
def test_workers_get_the_environment_of_their_engine(open_engine: Callable[..., LocalEngine]) -> None:
    for value in ("one", "two"):  # the process that workers are forked off is older than either engine
        engine = open_engine(environment={"LAYERLAB_TEST": value})
        assert engine.ask("os:getenv", key="LAYERLAB_TEST").result(WAIT) == value
