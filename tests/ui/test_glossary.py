"""Every term is there once, in two sentences, and its page exists."""

from __future__ import annotations

import re

import pytest

from ui.glossary import TERMS, Term, term
from ui.pages import PAGES


def test_no_two_terms_share_a_name_or_a_place() -> None:
    assert len({row.name.lower() for row in TERMS}) == len({row.anchor for row in TERMS}) == len(TERMS)


@pytest.mark.parametrize("row", TERMS, ids=lambda row: row.anchor)
def test_a_term_is_told_in_two_sentences(row: Term) -> None:
    assert re.fullmatch(r"[a-z0-9-]+", row.anchor)
    assert len(re.findall(r"[.?!](?:\s|$|\))", re.sub(r"\be\.g\.|\bi\.e\.", "", row.text))) == 2, row.text
    assert row.page == "" or row.page in {page.path for page in PAGES}


def test_a_link_leads_to_the_place_of_a_term() -> None:
    assert term("perceptron") == "[perceptron](glossary#perceptron)"
    assert term("Perceptron", "perceptrons") == "[perceptrons](glossary#perceptron)"
    with pytest.raises(KeyError):
        term("flux capacitor")
