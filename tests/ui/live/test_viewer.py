"""One browser that watches a run: what it gets, how much at a time, and what it may command."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
from websockets.exceptions import ConnectionClosed

from dlcore.engine.run import Run
from ui.live.viewer import COMMAND_CHARACTERS, COMMANDS, IN_FLIGHT

VIEWS = ["loss", "network", "output"]
Dial = Callable[..., Any]


@pytest.fixture
def browser(dial: Dial, run: Run) -> Any:
    found = dial(token=run.token, views=VIEWS, rate=20)
    found.until(lambda: "frame" in found.newest)
    return found


def test_frames_hold_what_is_watched_and_nothing_else(browser: Any) -> None:
    header, arrays = browser.frame
    assert header["step"] == 0 and header["generation"] == 1 and header["metrics"]["train_loss"] > 0
    assert {name.partition("/")[0] for name in arrays} == {"network", "output"}
    assert arrays["network/weight/0"].shape == (4, 2) and arrays["output/surface"].dtype == np.uint8
    browser.ask(do="views", views=["weights"], rate=5)
    browser.ask(do="step", updates=1)
    browser.until(lambda: browser.frame[0]["step"] == 1)
    assert {name.partition("/")[0] for name in browser.frame[1]} == {"weights"}


def test_play_and_pause(browser: Any, run: Run) -> None:
    assert browser.ask(do="play")["ok"]
    browser.until(lambda: browser.frame[0]["step"] > 5 and browser.state["status"] == "playing")
    assert browser.ask(do="pause")["ok"]
    browser.until(lambda: browser.state["status"] == "paused")
    browser.until(lambda: browser.frame[0]["step"] == browser.state["step"])
    browser.quiet()
    assert run.step_now == browser.frame[0]["step"], "the last frame is the present"


@pytest.mark.slow
def test_at_most_three_frames_wait_to_be_drawn_and_the_newest_comes_next(browser: Any, run: Run) -> None:
    browser.quiet()
    browser.acknowledging, browser.frames = False, 0
    run.play().result(60)
    browser.until(lambda: browser.frames == IN_FLIGHT)
    last = browser.frame[0]["step"]
    until = time.monotonic() + 60
    while run.step_now < last + 50:
        assert time.monotonic() < until
        time.sleep(0.02)
    browser.quiet()
    assert browser.frames == IN_FLIGHT == 3
    run.pause().result(60)
    browser.quiet()
    browser.say(do="ack")
    browser.until(lambda: browser.frames == IN_FLIGHT + 1)
    assert browser.frame[0]["step"] == run.step_now, "not the frames in between"
    for _ in range(20):
        browser.say(do="ack")  # more than were sent give no more credit
    browser.quiet()
    run.play().result(60)
    browser.until(lambda: browser.frames == IN_FLIGHT + 1 + 3)
    browser.quiet()
    assert browser.frames == IN_FLIGHT + 1 + 3


def test_history_comes_row_after_row(browser: Any, run: Run) -> None:
    rows: dict[int, list[float]] = {}
    browser.ask(do="step", updates=40)
    browser.until(lambda: browser.frame[0]["step"] == 40)
    header, body = browser.newest["history"]
    found = np.frombuffer(body, np.float64, header["rows"] * len(header["columns"])).reshape(header["rows"], -1)
    rows = {header["start"] + i: list(row) for i, row in enumerate(found)}
    assert header["columns"][:2] == ["step", "epoch"] and "train_loss" in header["columns"]
    last = rows[max(rows)]
    assert last[0] == 40 and last[header["columns"].index("train_loss")] == pytest.approx(
        browser.frame[0]["metrics"]["train_loss"]
    )


def test_a_change_keeps_the_network_and_a_reset_describes_it_anew(browser: Any, run: Run) -> None:
    answer = browser.ask(do="change", changes={"training.learning_rate": 0.5})
    assert answer["ok"] and answer["result"]["rebuilt"] is False
    browser.until(lambda: browser.state["changes"] == {"training.learning_rate": 0.5})
    assert run.spec.training.learning_rate == 0.5 and run.generation == 1
    assert browser.ask(do="reset")["ok"]
    browser.until(lambda: browser.newest["description"][0]["generation"] == run.generation)
    assert browser.newest["description"][0]["spec"]["training"]["learning_rate"] == 0.5


def test_edit_rewind_epoch_speed_and_look(browser: Any, run: Run) -> None:
    assert browser.ask(do="edit", parameter="weight/0", index=[2, 1], value=1.75)["ok"]
    browser.until(lambda: browser.frame[1]["network/weight/0"][2, 1] == 1.75)
    assert browser.ask(do="step_epoch")["ok"]
    browser.until(lambda: browser.frame[0]["epoch"] == 1)
    assert browser.ask(do="rewind", step=3)["ok"]
    browser.until(lambda: browser.frame[0]["step"] == 3 and browser.state["last_step"] >= 25)
    assert browser.ask(do="speed", updates_a_second=5)["ok"]
    browser.until(lambda: browser.state["speed"] == 5)
    assert browser.ask(do="speed", updates_a_second=None)["ok"]
    browser.until(lambda: browser.state["speed"] is None)
    assert browser.ask(do="look", options={"sample": 3})["ok"]


@pytest.mark.parametrize(
    ("said", "word"),
    [
        ({"do": "dance"}, "expected one of play"),
        ({}, "do: expected"),
        ({"do": ["play"]}, "do: expected"),
        ({"do": "step", "updates": 0}, "updates"),
        ({"do": "step", "updates": True}, "updates"),
        ({"do": "step", "updates": 10**9}, "updates"),
        ({"do": "speed", "updates_a_second": -1}, "updates_a_second"),
        ({"do": "speed", "updates_a_second": "fast"}, "updates_a_second"),
        ({"do": "rewind", "step": -1}, "step"),
        ({"do": "rewind", "step": 10**6}, "step"),
        ({"do": "change", "changes": []}, "changes"),
        ({"do": "change", "changes": {"training.learning_rate": 1e9}}, "learning_rate"),
        ({"do": "change", "changes": {"no.such": 1}}, "no"),
        ({"do": "edit", "parameter": 5, "index": [0], "value": 1}, "parameter"),
        ({"do": "edit", "parameter": "weight/0", "index": "x", "value": 1}, "index"),
        ({"do": "edit", "parameter": "weight/0", "index": [99, 99], "value": 1}, ""),
        ({"do": "edit", "parameter": "weight/99", "index": [0, 0], "value": 1}, ""),
        ({"do": "edit", "parameter": "weight/0", "index": [0, 0], "value": None}, "value"),
        ({"do": "edit", "parameter": "weight/0", "index": [0, 0], "value": 10**400}, "value"),
        ({"do": "look", "options": 3}, "options"),
        ({"do": "look", "options": {"nothing": 3}}, ""),
        ({"do": "look", "options": {"self": 3}}, ""),
    ],
)
def test_bad_commands_get_one_sentence_and_the_run_goes_on(
    browser: Any, run: Run, said: dict[str, Any], word: str
) -> None:
    answer = browser.ask(**said)
    assert answer["ok"] is False and word in answer["error"] and len(answer["error"]) < 300
    assert "\n" not in answer["error"] and "Traceback" not in answer["error"]
    assert browser.ask(do="step", updates=1)["ok"] and run.generation == 1


@pytest.mark.parametrize("text", ["no json", "[]", '{"do": "views", "views": 5}', "x" * (COMMAND_CHARACTERS + 1)])
def test_what_is_no_command_ends_the_connection_but_not_the_run(browser: Any, run: Run, text: str) -> None:
    browser.socket.send(text)
    with pytest.raises(ConnectionClosed) as closed:
        while True:
            browser.hear()
    assert closed.value.rcvd is not None and closed.value.rcvd.code == 1003
    run.step().result(60)


def test_many_viewers_see_the_same_and_leave_no_trace(dial: Dial, run: Run) -> None:
    viewers = [dial(token=run.token, views=VIEWS, rate=20) for _ in range(5)]
    run.step(30).result(60)
    for viewer in viewers:
        viewer.until(lambda viewer=viewer: "frame" in viewer.newest and viewer.frame[0]["step"] == 30)
    surfaces = [viewer.frame[1]["output/surface"].tobytes() for viewer in viewers]
    assert len(set(surfaces)) == 1 and len(run.watches) == 5
    for viewer in viewers:
        viewer.socket.close()
    until = time.monotonic() + 30
    while run.watches:
        assert time.monotonic() < until, "somebody who has gone is still watched for"
        time.sleep(0.02)
    assert run.watched()[0] == frozenset()


def test_a_run_that_is_closed_says_so(browser: Any, run: Run) -> None:
    run.stop().result(60)
    browser.until(lambda: browser.state["gone"])
    assert browser.state["reason"] == run.farewell
    assert browser.ask(do="play")["ok"] is False


def test_every_command_of_the_protocol_is_there() -> None:
    assert set(COMMANDS) == {
        "play",
        "pause",
        "step",
        "step_epoch",
        "speed",
        "reset",
        "rewind",
        "change",
        "edit",
        "look",
    }
