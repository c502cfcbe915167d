from __future__ import annotations

from dlcore.examples import EXAMPLES, example
from ui.gallery import page_of
from ui.pages import PAGES


def test_every_example_opens_on_a_page_of_its_lab() -> None:
    labs = {lab for page in PAGES for lab in page.labs}
    for row in EXAMPLES:
        page = page_of(row)
        assert (page is not None) == (row.spec.kind in labs), row.name
        assert page is None or row.spec.kind in page.labs
        assert row.page is None or (page is not None and page.path == row.page), row.name


def test_images_open_where_their_maps_are_watched() -> None:
    found = {name: page_of(example(name)) for name in ("mnist-cnn", "digits-mlp", "spiral")}
    assert {name: page and page.path for name, page in found.items()} == {
        "mnist-cnn": "cnn",
        "digits-mlp": "cnn",
        "spiral": "playground",
    }
