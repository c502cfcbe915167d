"""Every term is there once, in two sentences, and its page exists."""

from __future__ import annotations

import re
from pathlib import Path

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


def links() -> list[tuple[str, str]]:
    """The links of all texts: (file, term)."""
    root = Path(__file__).parents[2]
    sources = [path for folder in ("pages", "ui") for path in (root / folder).rglob("*.py")]
    return [
        (path.name, name.lower())
        for path in sources
        for name in re.findall(r"""\bterm\(["']([^"']+)["']""", path.read_text(encoding="utf-8"))
    ]


def test_every_link_to_a_term_leads_to_one() -> None:
    """Texts are written when they are drawn, so a wrong name would be found by the learner who opens that section."""
    names = {row.name.lower() for row in TERMS}
    assert [link for link in links() if link[1] not in names] == []


def test_every_term_is_linked_from_a_page() -> None:
    assert {row.name.lower() for row in TERMS} - {name for _, name in links()} == set()
