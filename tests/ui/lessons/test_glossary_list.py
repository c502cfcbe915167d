"""What the browser gets of the glossary."""

from __future__ import annotations

from ui.glossary import TERMS
from ui.lessons.glossary_list import glossary_data


def test_all_terms_are_there_in_alphabetical_order() -> None:
    names = [row["name"] for row in glossary_data()]
    assert sorted(names) == sorted(term.name for term in TERMS)
    assert names.index("Accuracy") < names.index("He initialization") < names.index("IoU") < names.index("Kernel")


def test_a_term_leads_to_its_page_by_the_title_of_the_menu() -> None:
    rows = {row["name"]: row for row in glossary_data()}
    assert rows["R²"]["anchor"] == "r2" and rows["Learning rate"]["anchor"] == "learning-rate"
    assert (rows["Kernel"]["page"], rows["Kernel"]["title"]) == ("cnn", "Convolutions")
