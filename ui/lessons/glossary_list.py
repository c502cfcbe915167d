"""All terms in alphabetical order, to be searched and jumped to in the browser."""

from __future__ import annotations

import unicodedata

from ui.browser_part import browser_part
from ui.glossary import TERMS, Term
from ui.pages import title_of


def glossary_list() -> None:
    """Draw the list."""
    browser_part("layerlab_glossary", "glossary.js", key="glossary list", data={"terms": glossary_data()}, on={})


def glossary_data() -> list[dict[str, str]]:
    """The terms in order, accents and capitals aside: name, text, anchor, and the page where each is at work."""
    return [
        {
            "name": row.name,
            "text": row.text,
            "anchor": row.anchor,
            "page": row.page,
            "title": title_of(row.page) if row.page else "",
        }
        for row in sorted(TERMS, key=_order)
    ]


def _order(row: Term) -> str:
    return unicodedata.normalize("NFKD", row.name).casefold()
