"""A page with two kinds of experiment: each keeps its own, and the address says which is shown."""

from __future__ import annotations

from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

import ui.runs
from dlcore.engine.local import LocalEngine
from dlcore.examples import example
from dlcore.specs.detection import Detection
from dlcore.specs.segmentation import Segmentation
from ui.pages import FOLDER
from ui.share import encode

SMALL = {"data.samples": 20, "network.channels": 2}


class Visit:
    """The page of scenes, as a visitor gets it who comes with a query."""

    def __init__(self, engine: LocalEngine, **query: str) -> None:
        self.engine = engine
        self.app = AppTest.from_file(str(FOLDER / "menu.py"), default_timeout=60)
        self.app.switch_page("scenes.py")
        self.go(**query)

    def go(self, **query: str) -> None:
        for name, value in query.items():
            self.app.query_params[name] = value
        self.app.run()
        assert not self.app.exception, self.app.exception

    def choose(self, kind: str) -> None:
        switch = next(each for each in self.app.get("button_group") if each.label == "What to learn")
        switch.set_value(kind).run()
        assert not self.app.exception, self.app.exception

    @property
    def run(self) -> Any:
        return self.engine.find(self.app.query_params["run"])

    @property
    def address(self) -> dict[str, str]:
        return {name: self.app.query_params[name] for name in ("run", "spec")}

    @property
    def title(self) -> str:
        (title,) = self.app.title
        return title.value


def test_each_kind_keeps_its_experiment_and_its_run(web_engine: LocalEngine) -> None:
    visit = Visit(web_engine, spec=encode(Detection().replace(SMALL), frozenset({"share"})))
    first = visit.run
    assert first.spec == Detection().replace(SMALL) and visit.title == "Find the figures"
    visit.choose("segmentation")
    assert visit.title == "Colour the pixels" and not visit.app.info
    assert visit.run.spec == example("shapes-segmentation").spec
    assert "Share" not in [button.label for button in visit.app.button]  # what is hidden stays hidden
    visit.choose("detection")
    assert visit.run is first and visit.run.spec == Detection().replace(SMALL)


@pytest.mark.slow
def test_links_and_examples_open_their_kind(web_engine: LocalEngine) -> None:
    visit = Visit(web_engine, spec=encode(Segmentation().replace(SMALL)))
    assert visit.run.spec == Segmentation().replace(SMALL) and visit.title == "Colour the pixels"
    again = Visit(web_engine, run=visit.run.id)  # an address without the experiment: it was too long, say
    assert again.run is visit.run and again.title == "Colour the pixels"
    visit.go(example="shapes-detection")
    assert visit.run.spec == example("shapes-detection").spec and "example" not in visit.app.query_params
    other = Visit(web_engine, example="perceptron")
    assert other.title == "Find the figures" and "another kind" in other.app.info[0].value
    broken = Visit(web_engine, spec="1.broken")
    assert broken.title == "Find the figures" and "could not be read" in broken.app.info[0].value


def test_back_leads_to_the_kind_of_that_time(web_engine: LocalEngine, monkeypatch: pytest.MonkeyPatch) -> None:
    visit = Visit(web_engine, spec=encode(Detection().replace(SMALL)))
    before = visit.address
    visit.choose("segmentation")
    after = visit.address
    monkeypatch.setattr(ui.runs, "went_back", lambda: True)
    visit.go(**before)
    assert visit.title == "Find the figures" and visit.run.spec == Detection().replace(SMALL)
    visit.go(**after)
    assert visit.title == "Colour the pixels" and visit.run.spec == example("shapes-segmentation").spec


def test_the_prediction_is_asked_before_it_is_answered(web_engine: LocalEngine) -> None:
    visit = Visit(web_engine)
    question = visit.app.radio(key="predict detection")
    assert question.value is None and not any("36 cells" in text.value for text in visit.app.markdown)
    question.set_value(question.options[1]).run()
    visit.app.button(key="predict detection compare").click().run()
    assert any(text.value.startswith("Right.") and "36 cells" in text.value for text in visit.app.markdown)
