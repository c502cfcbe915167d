"""The terms of the field, two sentences each: the glossary page and every link to it derive from these rows."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Term:
    """One term: what it means in two sentences, and the page on which it is seen at work."""

    name: str
    text: str
    page: str = ""  # its address

    @property
    def anchor(self) -> str:
        """Its place on the page `/glossary`."""
        return self.name.lower().replace(" ", "-")


TERMS: tuple[Term, ...] = (
    Term(
        name="Perceptron",
        text="One unit that answers 1 where a weighted sum of its inputs is above zero, and that corrects its weights "
        "after every mistake. It finds a line between two classes whenever there is one (Rosenblatt, 1958).",
        page="perceptron",
    ),
)


def term(name: str, shown: str | None = None) -> str:
    """A link, as Markdown, from a text to a term of the glossary. Raises: KeyError: there is no such term.

    `shown` is how the text calls it, "gradients" for "Gradient".
    """
    found = {row.name.lower(): row for row in TERMS}[name.lower()]
    return f"[{shown or name}](glossary#{found.anchor})"
