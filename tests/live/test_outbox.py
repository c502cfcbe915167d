"""What the page's script has not heard yet is said again, once each and in order."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

pytestmark = pytest.mark.browser
Module = Callable[..., Any]
SAID = "const said = []; const box = new m.Outbox((message) => said.push(message.letters)); const { own } = box;"


def run(module: Module, body: str) -> Any:
    return module("outbox.js", f"(async () => {{ {SAID} {body} }})()")


def test_every_message_carries_all_that_was_not_heard(module: Module) -> None:
    body = """box.put("network", "a"); box.put("points", "b"); box.heard([own, 1]); box.put("network", "c");
      box.heard([own, 3]); box.put("network", "d"); return said;"""
    assert run(module, body) == [
        [[1, "network", "a"]],
        [[1, "network", "a"], [2, "points", "b"]],
        [[2, "points", "b"], [3, "network", "c"]],
        [[4, "network", "d"]],
    ]


def test_what_waits_is_known_until_it_is_heard(module: Module) -> None:
    body = """const mine = { do: "undo" }; box.put("edit", mine); box.put("other", 1);
      const known = box.waiting("edit").includes(mine); box.heard(["", 0]); const still = box.waiting("edit").length;
      box.heard([own, 2]); return [known, still, box.waiting("edit").length];"""
    assert run(module, body) == [True, 1, 0]


def test_what_another_outbox_was_told_is_not_ours(module: Module) -> None:
    assert run(module, "box.put('edit', 1); box.heard(['other', 9]); return box.waiting('edit');") == [1]


def test_what_was_lost_is_said_again_until_it_is_heard_and_ever_more_patiently(module: Module) -> None:
    body = """const real = [window.setTimeout, window.clearTimeout]; let due = null; const waits = [];
      window.setTimeout = (action, ms) => { waits.push(ms); due = action; return 1; };
      window.clearTimeout = () => { due = null; };
      const pass = () => { const action = due; due = null; action?.(); };
      try {
        box.put("edit", 1); pass(); pass(); pass(); const four = said.length;
        box.put("edit", 2); pass(); const six = said.length;
        box.heard([own, 2]); pass(); return [four, six, said.length, waits];
      } finally { [window.setTimeout, window.clearTimeout] = real; }"""
    assert run(module, body) == [4, 6, 6, [3000, 6000, 12000, 24000, 3000, 6000]]
