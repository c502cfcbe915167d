"""The menu's groups hold every page once."""

from ui.pages import GROUPS, PAGES, grouped, page_after, page_at


def test_every_page_is_in_one_group_of_the_menu() -> None:
    groups = grouped()
    assert sorted(page.path for pages in groups.values() for page in pages) == sorted(page.path for page in PAGES)
    assert list(groups) == [group for group in GROUPS if group in groups] and groups[""] == (page_at("home"),)


def test_lessons_are_read_in_the_order_in_which_one_needs_them() -> None:
    lessons = [page.path for page in grouped()["Foundations"]]
    order = ["neuron", "perceptron", "activations", "losses", "backpropagation", "optimizers", "overfitting", "depth"]
    assert lessons == order
    assert all(page.minutes for page in grouped()["Foundations"])
    assert [page_after(path) for path in order[:-1]] == [page_at(path) for path in order[1:]]
    assert page_after("depth") == page_at("cnn")
    assert page_after("home") is None and page_after("cnn") is None and page_after("glossary") is None
