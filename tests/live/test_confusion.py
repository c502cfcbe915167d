"""The confusion matrix: its words stay in their cells."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
from fake_run import encode
from harness import Harness

pytestmark = pytest.mark.browser
Visit = Callable[..., Any]


@pytest.mark.parametrize("width", [390, 1280])
def test_no_word_lies_on_another(visit: Visit, harness: Harness, width: int) -> None:
    run, classes = harness.run, ["inner", "middle", "outer"]
    run.only = ("confusion",)
    (view,) = run.views()
    run.views = lambda: [view | {"options": {"classes": classes}}]
    header = {"type": "frame", "generation": run.generation, "step": 0, "epoch": 0, "metrics": {}}
    run.frame = lambda watched: encode(header, {"confusion/counts": np.diag([84, 84, 83]).astype(np.int32)})
    page = visit(width=width, height=700, layout={"top": [["confusion", 1]]})
    page.wait_for_function("document.querySelector('.ll-confusion')?.textContent.includes('83')")
    assert page.locator(".ll-confusion th[scope=col]").all_inner_texts() == [*classes, "recall"]
    sticking_out = page.locator(".ll-confusion :is(th, td)").evaluate_all(
        """(cells) => cells.filter((cell) => { const range = document.createRange(); range.selectNodeContents(cell);
          const text = range.getBoundingClientRect(); const box = cell.getBoundingClientRect();
          return text.left < box.left - 1 || text.right > box.right + 1; }).map((cell) => cell.textContent)"""
    )
    assert sticking_out == []
