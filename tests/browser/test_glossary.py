"""The glossary: a link to a term leads to that term, in a new tab, too; searching, letters, axe."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from accessibility import violations
from learner import Learner
from real_server import Server

pytestmark = pytest.mark.browser
Visit = Callable[..., Learner]
IN_SIGHT = """(id) => { const box = document.getElementById(id)?.getBoundingClientRect();
  const top = document.querySelector(".llg-letters").getBoundingClientRect().bottom;
  return box && box.top >= top - 1 && box.bottom <= innerHeight; }"""


def test_a_link_opens_at_its_term_and_others_are_found(visit: Visit, server: Server) -> None:
    learner = visit("/")
    page = learner.page
    page.goto(f"{server.url}/glossary#learning-rate")
    page.wait_for_selector("#learning-rate[data-here]")
    page.wait_for_function(IN_SIGHT, arg="learning-rate")
    assert page.evaluate("document.activeElement.id") == "learning-rate"
    assert (
        page.get_by_role("link", name="At work: Playground").first.get_attribute("href") == f"{server.url}/playground"
    )

    search = page.get_by_role("searchbox", name="Search")
    search.fill("silenced update")
    page.get_by_role("status").filter(has_text="1 term found").wait_for()
    assert page.locator(".llg-term:visible h3").all_text_contents() == ["Dropout"]
    search.fill("flux capacitor")
    page.get_by_role("status").filter(has_text="No term holds these words").wait_for()
    page.evaluate("location.hash = 'iou'")  # hidden by the search: that gives way
    page.wait_for_function(IN_SIGHT, arg="iou")
    assert search.input_value() == ""

    letter = page.get_by_role("navigation", name="Letters").get_by_role("link", name="W")
    letter.focus()
    page.keyboard.press("Enter")
    page.wait_for_function(IN_SIGHT, arg="letter-w")
    assert page.url.endswith("#letter-w")
    assert violations(learner, ".llg") == []


def test_a_link_of_a_page_leads_there_in_a_new_tab(visit: Visit) -> None:
    learner = visit("/depth?section=start")
    link = learner.page.get_by_role("link", name="Initialization", exact=True)
    with learner.page.context.expect_page() as opened:
        link.click()
    opened.value.wait_for_selector("#initialization[data-here]", timeout=60_000)
    opened.value.wait_for_function(IN_SIGHT, arg="initialization")
    opened.value.close()
