"""The bar: its numbers are those of the present."""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Any

import pytest
from harness import Harness

pytestmark = pytest.mark.browser
Visit = Callable[..., Any]
CURVES = {"top": [["loss", 2], ["accuracy", 1]]}


def shown(page: Any, name: str) -> Any:
    return page.locator(f".ll-figure[data-name={name}] dd")


@pytest.mark.parametrize(("value", "text"), [(math.inf, "∞"), (math.nan, "NaN")])
def test_a_loss_that_is_no_number_any_more_is_shown_as_such(
    visit: Visit, harness: Harness, value: float, text: str
) -> None:
    run = harness.run
    run.only = ("loss", "accuracy")
    run.step()
    page = visit(layout=CURVES)
    before = f"{run.losses()['train_loss']:.3f}"
    page.wait_for_function(f"document.querySelector('[data-name=train_loss] dd').textContent == '{before}'")
    assert shown(page, "train_loss").get_attribute("data-lost") is None
    losses = run.losses
    run.losses = lambda: losses() | {"train_loss": value}
    run.status = "diverged"
    run.step()
    page.wait_for_function(f"document.querySelector('[data-name=train_loss] dd').textContent == '{text}'")
    assert shown(page, "train_loss").get_attribute("data-lost") == "true"
    colours = [shown(page, name).evaluate("(e) => getComputedStyle(e).color") for name in ("train_loss", "test_loss")]
    assert colours[0] != colours[1]
    assert shown(page, "test_loss").inner_text() == f"{losses()['test_loss']:.3f}"
    run.losses = losses
    run.reset()
    page.wait_for_selector(".ll-figure[data-name=train_loss] dd:not([data-lost])")
