"""Every page under AppTest, with a real engine behind it."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from dlcore.engine.local import LocalEngine
from dlcore.labs.registry import find_lab
from dlcore.specs.supervised import Supervised
from ui.pages import FOLDER, GROUPS, PAGES, PageRow
from ui.share import encode

ROOT = Path(__file__).parents[2]
LAB_PAGES = [page for page in PAGES if page.lab]
EVERY_PAGE = """
import sys
from streamlit.testing.v1 import AppTest
import app
from ui.engine import start_engine, stop_engine
from ui.pages import FOLDER, PAGES
engine = start_engine()
try:
    menu = AppTest.from_file(str(FOLDER / "menu.py"), default_timeout=120).run()
    for page in PAGES:
        menu.switch_page(page.script.name).run()
        assert not menu.exception, menu.exception
        if page.lab:
            engine.find(menu.query_params["run"]).built.result(120)
finally:
    stop_engine()
print([name for name in ("torch", "sklearn") if name in sys.modules])
"""


def opened(page: PageRow, **query: str) -> AppTest:
    """The page through the menu, as a visitor gets it."""
    app = AppTest.from_file(str(FOLDER / "menu.py"), default_timeout=60).run()
    app.switch_page(page.script.name)
    for name, value in query.items():
        app.query_params[name] = value
    app.run()
    assert not app.exception, app.exception
    return app


def row(path: str) -> PageRow:
    return next(page for page in PAGES if page.path == path)


def run_of(app: AppTest, engine: LocalEngine) -> Any:
    """The run that the page's address names."""
    run = engine.find(app.query_params["run"])
    assert run is not None
    run.built.result(60)
    return run


def widget(app: AppTest, path: str) -> Any:
    """The Playground's control of a path."""
    return app.get_by_key(f"playground:{path}")


def live_views(app: AppTest) -> list[Any]:
    parts = app.get("bidi_component")
    return [part for part in parts if part.proto.component_name.endswith("layerlab_live_view")]


def test_every_script_has_a_row_and_every_row_a_script() -> None:
    assert {page.script for page in PAGES} == set(FOLDER.glob("*.py")) - {FOLDER / "menu.py"}
    assert len({page.path for page in PAGES}) == len({page.title for page in PAGES}) == len(PAGES)
    assert [page.path for page in PAGES if page.default] == ["home"]
    assert {page.group for page in PAGES} <= set(GROUPS)


def test_the_start_page_leads_to_every_page_and_example(web_engine: LocalEngine) -> None:
    app = opened(row("home"))
    assert [title.value for title in app.title] == ["LayerLab"]
    links = [link.proto for link in app.get("page_link")]
    assert {link.page for link in links} == {page.path for page in PAGES if not page.default}
    assert {"example=spiral", "example=penguins", "example=perceptron"} <= {link.query_string for link in links}


@pytest.mark.parametrize("page", LAB_PAGES, ids=lambda page: page.path)
def test_a_lab_page_shows_a_run_of_its_own_lab(page: PageRow, web_engine: LocalEngine) -> None:
    app = opened(page)
    run = run_of(app, web_engine)
    assert page.lab is not None and isinstance(run.spec, find_lab(page.lab).spec)
    assert run.status == "ready" and run.description["views"]
    assert len(live_views(app)) == 1
    assert len(app.title) == 1, "one first heading a page: a screen reader says it first"
    assert [button.label for button in app.button][:3] == ["Examples", "Share", "Code"]
    again = run.id
    app.run()
    assert app.query_params["run"] == again and len(live_views(app)) == 1


def test_the_perceptron_asks_before_it_answers(web_engine: LocalEngine) -> None:
    app = opened(row("perceptron"))
    question = app.radio(key="predict perceptron")
    assert question.value is None and not any("Novikoff" in text.value for text in app.markdown)
    question.set_value(question.options[0]).run()
    assert not any("Novikoff" in text.value for text in app.markdown), "first it is tried"
    app.button(key="predict perceptron compare").click().run()
    assert any(text.value.startswith("Not quite") and "Novikoff" in text.value for text in app.markdown)
    assert app.radio(key="predict perceptron").disabled and any(
        "**0 of 1** right" in text.value for text in app.caption
    )
    app.button(key="predictions clear").click().run()
    assert not any("Novikoff" in text.value for text in app.markdown)


def test_a_control_changes_the_run(web_engine: LocalEngine) -> None:
    app = opened(row("playground"))
    run = run_of(app, web_engine)
    generation = run.generation
    widget(app, "training.learning_rate").set_value(0.3).run()
    assert run.spec.training.learning_rate == 0.3 and run.generation == generation
    assert app.query_params["run"] == run.id and app.query_params["spec"] == encode(run.spec)
    widget(app, "network.layers add").click().run()
    assert [layer.units for layer in run.spec.network.layers] == [4, 2, 2] and run.generation > generation


def test_a_refusal_is_told_and_the_last_good_spec_stays(web_engine: LocalEngine) -> None:
    app = opened(row("playground"), spec=encode(Supervised().replace({"network.batch_norm": True})))
    run = run_of(app, web_engine)
    before = run.spec
    widget(app, "training.batch_size").set_value(1).run()
    assert not app.exception
    assert run.spec == before and app.session_state["playground spec"] == before
    assert [warning.value for warning in app.warning if "batch normalization" in warning.value]
    assert widget(app, "training.batch_size").value == before.training.batch_size


def test_hidden_controls_are_not_there(web_engine: LocalEngine) -> None:
    spec = Supervised()
    app = opened(row("playground"), spec=encode(spec, frozenset({"data", "share", "training.optimizer"})))
    assert [tab.label for tab in app.tabs] == ["Network", "Training"]
    assert "Share" not in [button.label for button in app.button]
    labels = [box.label for box in app.selectbox]
    assert "Learning rate" in labels and not [label for label in labels if label.startswith("Optimizer")]
    assert app.query_params["spec"] == encode(spec, frozenset({"data", "share", "training.optimizer"}))


@pytest.mark.parametrize("text", ["1.broken", "9.x", "1." + "A" * 20_000, "<script>alert(1)</script>", ""])
def test_a_broken_link_gives_a_message_and_the_default(text: str, web_engine: LocalEngine) -> None:
    app = opened(row("playground"), spec=text)
    assert len(app.info) == 1 and "could not be read" in app.info[0].value and "<script>" not in app.info[0].value
    fresh = opened(row("playground"))
    assert run_of(app, web_engine).spec == run_of(fresh, web_engine).spec and not fresh.info


def test_an_example_in_the_address_is_opened_and_the_address_tidied(web_engine: LocalEngine) -> None:
    app = opened(row("playground"), example="penguins")
    assert run_of(app, web_engine).spec.data.name == "penguins"
    assert "example" not in app.query_params
    unknown = opened(row("playground"), example="unicorns")
    assert "unicorns" in unknown.info[0].value
    other = opened(row("playground"), example="perceptron")
    assert "another kind" in other.info[0].value


def test_the_code_dialog_shows_the_program(web_engine: LocalEngine) -> None:
    app = opened(row("playground"))
    next(button for button in app.button if button.label == "Code").click().run()
    assert not app.exception
    assert "import torch" in app.code[0].value


@pytest.mark.slow  # a server of its own
def test_the_web_process_has_no_torch_after_every_page() -> None:
    done = subprocess.run([sys.executable, "-c", EVERY_PAGE], cwd=ROOT, capture_output=True, text=True, timeout=200)
    assert done.returncode == 0, done.stderr[-3000:]
    assert done.stdout.strip() == "[]"
