"""Predictions are remembered, counted, brought from earlier visits, and cleared."""

from __future__ import annotations

from typing import Any

import pytest
import streamlit as st

from ui import predictions
from ui.predictions import Prediction


@pytest.fixture(autouse=True)
def state(monkeypatch: pytest.MonkeyPatch) -> dict[str, Any]:
    kept: dict[str, Any] = {}
    monkeypatch.setattr(st, "session_state", kept)
    return kept


@pytest.fixture
def mounted(monkeypatch: pytest.MonkeyPatch) -> list[dict[str, Any]]:
    """What the browser part was given, run by run of the script."""
    seen: list[dict[str, Any]] = []
    monkeypatch.setattr(predictions, "browser_part", lambda *_names, data, **_more: seen.append(data))
    return seen


def test_a_prediction_is_known_once_it_was_compared() -> None:
    assert predictions.given("xor") is None
    predictions.note("xor", Prediction(chosen=2, right=False))
    assert predictions.given("xor") == Prediction(chosen=2, right=False) and predictions.given("relu") is None


def test_what_a_browser_kept_joins_what_was_said_in_this_visit() -> None:
    predictions.note("xor", Prediction(chosen=2, right=False))
    predictions.recall({"xor": [0, True], "relu": [1, True]})
    assert predictions.given("xor") == Prediction(chosen=2, right=False)
    assert predictions.given("relu") == Prediction(chosen=1, right=True)


@pytest.mark.parametrize(
    "nonsense", [None, [], 3, {"xor": 3}, {"xor": ["a", True]}, {"xor": [1, 2, 3]}, {"xor": [1, "yes"]}]
)
def test_what_no_visit_can_have_kept_is_left(nonsense: Any) -> None:
    predictions.recall(nonsense)
    assert predictions.given("xor") is None


def test_the_score_is_handed_to_the_browser_where_a_question_was_asked(mounted: list[dict[str, Any]]) -> None:
    predictions.score_line()
    assert mounted == [], "a page that asks nothing pays nothing"
    predictions.given("xor")
    predictions.score_line()
    assert mounted[-1] == {"known": False, "given": {}}
    predictions.recall({"relu": [1, True]})
    predictions.given("xor")
    predictions.score_line()
    assert mounted[-1] == {"known": True, "given": {"relu": [1, True]}}


def test_clearing_forgets_also_what_the_browser_keeps(mounted: list[dict[str, Any]]) -> None:
    predictions.note("xor", Prediction(chosen=2, right=True))
    predictions.clear()
    predictions.given("xor")
    predictions.score_line()
    assert mounted == [{"known": True, "given": {}}]
