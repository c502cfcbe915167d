from collections.abc import Callable
from typing import Any

import pytest
from streamlit.proto.WidgetStates_pb2 import WidgetStates

from dlcore.specs.spec import is_live
from dlcore.specs.supervised import Supervised
from ui.controls.draft import Draft
from ui.controls.form import REBUILDS, Form


def form(hidden: frozenset[str] = frozenset()) -> Form:
    return Form(draft=Draft(name="bare", default=Supervised()), hidden=hidden)


@pytest.mark.parametrize(
    ("name", "rebuilds"),
    [("training.learning_rate", False), ("training.loss", True), ("data.noise", True), ("training.dropout", False)],
)
def test_what_starts_the_network_afresh_is_marked(name: str, rebuilds: bool) -> None:
    label = form().label(name, name)
    assert (REBUILDS in label) is rebuilds is (not is_live(Supervised(), name))


def test_values_lie_at_dotted_paths() -> None:
    assert form().value("network.layers.1.units") == 2
    assert form().value("training.optimizer.kind") == "sgd"
    with pytest.raises(AttributeError):
        form().value("training.nothing")


def test_a_hidden_control_has_no_path() -> None:
    assert form().path("training.l1") == "training.l1"
    assert form(frozenset({"training.l1"})).path("training.l1") is None
    assert form(frozenset({"training"})).path("training.seed") is None
    assert form().path("data.scaling") is None  # made data have no scaling


def test_a_widget_writes_and_follows(open_page: Callable[..., Any]) -> None:
    page = open_page(Supervised())
    page.choose("training.l1", 0.01)
    assert page.spec.training.l1 == 0.01
    page.put({"training.l1": 0.3})
    assert page.at("training.l1").value == 0.3
    page.app.run()
    assert (page.spec.training.l1, page.at("training.l1").value) == (0.3, 0.3)


def test_a_refused_value_gives_its_sentence_and_the_widget_goes_back(open_page: Callable[..., Any]) -> None:
    page = open_page(Supervised())
    page.choose("training.gradient_clip", 0.0)
    assert page.spec == Supervised()
    (sentence,) = page.refusals
    assert "gradient_clip" in sentence
    assert page.at("training.gradient_clip").value is None
    page.choose("training.gradient_clip", 2.5)
    assert (page.spec.training.gradient_clip, page.refusals) == (2.5, [])


def test_a_widget_changed_from_elsewhere_is_another_widget(open_page: Callable[..., Any]) -> None:
    # what a browser says about the one that it still shows must not undo the change
    page = open_page(Supervised())
    widget = page.at("network.layers.0.units")
    before, said = widget.key, WidgetStates(widgets=[widget._widget_state])
    page.put({"network.layers.0.units": 5})
    after = page.at("network.layers.0.units").key
    assert after != before and page.at("network.layers.0.units").value == 5
    page.app.run()
    page.choose("training.l1", 0.01)
    assert page.at("network.layers.0.units").key == after, "and stays the one that it is"
    page.app._run(said)  # a browser that has not heard of the change
    assert page.spec.network.layers[0].units == 5


def test_a_widget_that_a_learner_sets_stays_the_same(open_page: Callable[..., Any]) -> None:
    # another one would lose the keyboard's focus
    page = open_page(Supervised())
    for path, value in (("network.layers.0.units", 7), ("data.noise", 0.15), ("training.gradient_clip", 0.0)):
        before = page.at(path).key
        page.choose(path, value)
        assert page.at(path).key == before, path
    assert len(page.refusals) == 1


def test_a_menu_whose_titles_changed_is_another_menu(open_page: Callable[..., Any]) -> None:
    page = open_page(Supervised())
    before = page.at("network.output").key
    page.put({"training.loss": "mse"})
    assert page.spec.network.output == "auto" and page.at("network.output").key != before
