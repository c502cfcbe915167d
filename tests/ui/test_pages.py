"""The menu's groups hold every page once."""

from ui.pages import GROUPS, PAGES, grouped, page_at


def test_every_page_is_in_one_group_of_the_menu() -> None:
    groups = grouped()
    assert sorted(page.path for pages in groups.values() for page in pages) == sorted(page.path for page in PAGES)
    assert list(groups) == [group for group in GROUPS if group in groups] and groups[""] == (page_at("home"),)
