"""What a browser part says is done once and in order, however often Streamlit hands it on."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest
import streamlit as st

from ui import browser_part as module


class Part:
    """A browser part without a browser."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.state: dict[str, Any] = {}
        self.done: list[Any] = []
        self.mounted: dict[str, Any] = {}
        monkeypatch.setattr(st, "session_state", self.state)
        monkeypatch.setattr(module, "_component", lambda name: self.mounted.update)
        self.draw()

    def draw(self) -> None:
        on = {"add": lambda value: self.done.append(("add", value)), "fail": self.fail}
        module.browser_part("part", "main.js", key="part", data={"size": 3}, on=on)

    def fail(self, value: Any) -> None:
        raise RuntimeError(value)

    def say(self, message: Any) -> list[Any]:
        self.state["part"] = SimpleNamespace(said=message)
        self.mounted["on_said_change"]()
        self.draw()
        return self.done


def message(sender: str, *letters: Any) -> dict[str, Any]:
    return {"from": sender, "letters": [list(letter) for letter in letters]}


@pytest.fixture
def part(monkeypatch: pytest.MonkeyPatch) -> Part:
    return Part(monkeypatch)


def test_what_is_repeated_is_done_once(part: Part) -> None:
    assert part.mounted["data"]["heard"] == ("", 0) and part.mounted["data"]["size"] == 3
    assert part.say(message("a", (1, "add", "x"))) == [("add", "x")]
    assert part.say(message("a", (1, "add", "x"), (2, "add", "y"), (3, "add", "z")))[1:] == [("add", "y"), ("add", "z")]
    assert part.mounted["data"]["heard"] == ("a", 3)
    assert len(part.say(message("a", (2, "add", "y")))) == 3, "an old message that came late"


def test_a_part_drawn_anew_counts_anew(part: Part) -> None:
    part.say(message("a", (1, "add", "x"), (2, "add", "y")))
    assert part.say(message("b", (1, "add", "z")))[2:] == [("add", "z")]
    assert part.mounted["data"]["heard"] == ("b", 1)


def test_what_fails_is_not_tried_again(part: Part) -> None:
    with pytest.raises(RuntimeError):
        part.say(message("a", (1, "fail", "x"), (2, "add", "y")))
    assert part.say(message("a", (1, "fail", "x"), (2, "add", "y"))) == [("add", "y")]


@pytest.mark.parametrize(
    "nonsense",
    [None, 3, [], {}, {"from": "a"}, {"from": "a", "letters": 4}, {"from": "a", "letters": [3, ["x", "add", 1], [1]]}],
)
def test_what_is_no_message_is_not_heard(part: Part, nonsense: Any) -> None:
    assert part.say(nonsense) == [] and part.mounted["data"]["heard"] == ("", 0)
    assert part.say(message("a", (1, "unknown", None))) == []
