"""A page's run: found again, started, kept true to the spec, and never somebody else's."""

from __future__ import annotations

import time
from concurrent.futures import Future
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

import ui.runs
from dlcore.engine.errors import LimitReached, Refused
from dlcore.engine.local import LocalEngine
from dlcore.engine.run import Run
from dlcore.examples import example
from dlcore.specs.perceptron import Perceptron
from dlcore.specs.supervised import Supervised
from ui.share import encode

DEFAULT = example("circle").spec


def _page() -> None:
    import streamlit as st

    from dlcore.examples import example
    from ui.runs import lose_run, message_of, open_draft, run_of, run_of_visit

    draft, hidden = open_draft("test", example("circle").spec)
    changes = st.session_state.pop("changes", None)
    if changes:
        draft.change(changes)
    if st.session_state.pop("forget", False):
        lose_run(draft)
    st.session_state["seen"] = run_of_visit("test")  # as another page does
    run = run_of(draft, hidden)
    st.session_state["found"] = (run, draft.spec, hidden, message_of(draft), draft.refusal)


class Visit:
    """One visit of a small page that has a run."""

    def __init__(self, **query: str) -> None:
        self.app = AppTest.from_function(_page, default_timeout=60)
        for name, value in query.items():
            self.app.query_params[name] = value
        self.draw()

    def draw(self, **state: Any) -> Run:
        for name, value in state.items():
            self.app.session_state[name] = value
        self.app.run()
        assert not self.app.exception, self.app.exception
        self.run, self.spec, self.hidden, self.message, self.refusal = self.app.session_state["found"]
        if self.run is not None:
            self.run.built.result(60)
        found: Run = self.run
        return found

    @property
    def address(self) -> dict[str, str]:
        return dict(self.app.query_params)


@pytest.fixture(autouse=True)
def tidy(web_engine: LocalEngine) -> Any:
    yield
    for run in web_engine.runs:
        run.stop().result(60)


def test_a_visit_gets_a_run_and_an_address_that_leads_to_it(web_engine: LocalEngine) -> None:
    visit = Visit()
    assert visit.run.spec == visit.spec == DEFAULT and visit.run.owner == "somebody"
    assert visit.address == {"run": visit.run.id, "spec": encode(DEFAULT)}
    assert visit.message is None and visit.refusal is None and visit.hidden == frozenset()
    assert visit.draw() is web_engine.runs[0] and len(web_engine.runs) == 1


def test_another_page_finds_the_run_of_this_visit_as_long_as_there_is_one(web_engine: LocalEngine) -> None:
    visit = Visit()
    assert visit.app.session_state["seen"] is None, "nobody has been there yet"
    run = visit.draw()
    assert visit.app.session_state["seen"] is run
    run.stop().result(60)
    visit.draw()
    assert visit.app.session_state["seen"] is None


def test_a_reload_finds_the_same_run_with_all_that_was_changed(web_engine: LocalEngine) -> None:
    first = Visit()
    first.draw(changes={"training.learning_rate": 0.7})
    first.run.step(3).result(60)
    again = Visit(**first.address)
    assert again.run is first.run and again.spec.training.learning_rate == 0.7
    assert len(web_engine.runs) == 1 and again.run.step_now == 3


def test_an_older_address_counts_only_where_the_browser_went_back_to_it(
    web_engine: LocalEngine, monkeypatch: pytest.MonkeyPatch
) -> None:
    visit = Visit()
    older = visit.address["spec"]
    visit.draw(changes={"training.learning_rate": 0.7, "seed": 3})
    newer = visit.address["spec"]
    visit.app.query_params["spec"] = older  # a click that was quicker than the answer to the one before
    visit.draw()
    assert visit.run.spec.seed == 3 and visit.address["spec"] == newer
    monkeypatch.setattr(ui.runs, "went_back", lambda: True)
    for spec, expected in ((older, DEFAULT), (newer, DEFAULT.replace({"training.learning_rate": 0.7, "seed": 3}))):
        visit.app.query_params["spec"] = spec
        run = visit.draw()
        assert visit.spec == run.spec == expected and visit.address == {"run": run.id, "spec": spec}
    assert len(web_engine.runs) == 1
    visit.app.query_params["spec"] = "1.broken"
    visit.draw()
    assert visit.spec.seed == 3 and visit.address["spec"] == newer, "what can not be read changes nothing"


def test_somebody_elses_address_gives_the_experiment_but_not_the_run(
    web_engine: LocalEngine, monkeypatch: pytest.MonkeyPatch
) -> None:
    mine = Visit()
    mine.draw(changes={"training.learning_rate": 0.7})
    monkeypatch.setattr(ui.runs, "owner", lambda: "somebody else")
    theirs = Visit(**mine.address)
    assert theirs.run is not mine.run and theirs.run.token != mine.run.token
    assert theirs.spec == mine.spec and theirs.run.owner == "somebody else"
    assert theirs.address["run"] == theirs.run.id
    theirs.draw(changes={"training.learning_rate": 0.2})
    assert mine.run.spec.training.learning_rate == 0.7


def test_a_live_change_keeps_the_network_and_another_one_rebuilds_it(web_engine: LocalEngine) -> None:
    visit = Visit()
    visit.run.step(2).result(60)
    generation = visit.run.generation
    visit.draw(changes={"training.l2": 0.01})
    assert visit.run.spec.training.l2 == 0.01
    assert (visit.run.generation, visit.run.step_now, visit.run.status) == (generation, 2, "paused")
    assert visit.address["spec"] == encode(visit.spec)
    visit.draw(changes={"network.initialization": "he"})
    assert visit.run.spec.network.initialization == "he" and visit.run.generation > generation
    assert visit.run.step_now == 0


def test_two_tabs_of_one_run_do_not_undo_each_other(web_engine: LocalEngine) -> None:
    one = Visit()
    other = Visit(**one.address)
    assert other.run is one.run
    one.draw(changes={"network.layers.0.units": 5})
    other.draw(changes={"training.learning_rate": 0.7})
    assert one.run.spec == DEFAULT.replace({"network.layers.0.units": 5, "training.learning_rate": 0.7})
    one.draw()
    assert one.spec == other.spec == one.run.spec
    one.draw(changes={"data": {"kind": "generated", "name": "xor"}})
    other.draw()
    assert other.spec.data.name == "xor" and other.refusal is None


def test_two_tabs_whose_changes_do_not_go_together(web_engine: LocalEngine) -> None:
    one = Visit()
    other = Visit(**one.address)
    one.draw(changes={"network.batch_norm": True})
    other.draw(changes={"training.batch_size": 1})
    assert other.spec == one.run.spec == DEFAULT.replace({"network.batch_norm": True})
    assert other.refusal is not None and "batch normalization" in other.refusal


def test_rewinding_brings_back_the_settings_of_that_time(web_engine: LocalEngine) -> None:
    visit = Visit()
    visit.run.step(5).result(60)
    visit.draw(changes={"training.learning_rate": 0.7})
    visit.run.step(5).result(60)
    visit.run.rewind(2).result(60)
    visit.draw(changes={"training.l2": 0.01})
    assert visit.spec == visit.run.spec == DEFAULT.replace({"training.l2": 0.01}) and visit.run.step_now == 2


def test_a_rebuild_of_a_playing_run_goes_on_playing(web_engine: LocalEngine) -> None:
    visit = Visit()
    visit.draw(changes={"training.epochs": None})  # else it may be over before anybody looks
    visit.run.play().result(60)
    visit.draw(changes={"data.seed": 5})
    until = time.monotonic() + 60
    while visit.run.status != "playing" or visit.run.step_now < 3:
        assert time.monotonic() < until, (visit.run.status, visit.run.step_now)
        time.sleep(0.02)
    assert visit.run.spec.data.seed == 5


def test_a_refused_change_leaves_the_last_good_spec_and_says_why(web_engine: LocalEngine) -> None:
    visit = Visit()
    visit.draw(changes={"training.learning_rate": 1e9})
    assert visit.spec == visit.run.spec == DEFAULT
    assert visit.refusal is not None and "learning_rate" in visit.refusal
    visit.draw(changes={"training.learning_rate": 0.2})
    assert visit.refusal is None and visit.run.spec.training.learning_rate == 0.2


def test_a_worker_that_cannot_build_leaves_the_last_good_spec(web_engine: LocalEngine) -> None:
    visit = Visit()
    visit.draw(changes={"training.device": "cuda"})
    assert visit.spec == visit.run.spec == DEFAULT
    assert visit.refusal is not None and "cuda" in visit.refusal.lower()
    visit.run.step().result(60)


def test_a_full_server_says_so_and_starts_nothing(web_engine: LocalEngine, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_arguments: Any, **_options: Any) -> Run:
        raise LimitReached("All places are taken.")

    with monkeypatch.context() as patch:
        patch.setattr(web_engine, "start", full)
        visit = Visit()
        assert visit.run is None and visit.refusal == "All places are taken." and visit.spec == DEFAULT
    assert visit.draw() is not None


def test_a_run_that_has_gone_says_why_and_a_new_one_is_there(web_engine: LocalEngine) -> None:
    first = Visit()
    first.draw(changes={"training.learning_rate": 0.7})
    web_engine.drop(first.run, "Nobody came back for two hours, so this run was closed.").result(60)
    again = Visit(**first.address)
    assert again.run is not first.run and again.spec == first.spec
    assert again.message == "Nobody came back for two hours, so this run was closed."
    first.draw()  # the visit that still stands open gets a new run, too
    assert first.run.spec == again.spec and not first.run.farewell


def test_an_unknown_run_is_no_matter(web_engine: LocalEngine) -> None:
    visit = Visit(run="nothing-of-the-kind", spec=encode(DEFAULT.replace({"seed": 4})))
    assert visit.spec.seed == 4 and visit.message is None


def test_a_run_that_the_browser_lost_is_replaced(web_engine: LocalEngine) -> None:
    visit = Visit()
    lost = visit.run
    visit.draw(forget=True)
    assert visit.run is not lost and visit.run.spec == lost.spec


def test_links_to_other_kinds_and_unknown_examples_give_the_default(web_engine: LocalEngine) -> None:
    perceptron = web_engine.start(Perceptron(), owner="somebody")
    assert Visit(run=perceptron.id).spec == DEFAULT
    other = Visit(spec=encode(Perceptron()))
    assert other.spec == DEFAULT and "could not be read" in (other.message or "")
    unknown = Visit(example="unicorns")
    assert unknown.spec == DEFAULT and "unicorns" in (unknown.message or "") and "example" not in unknown.address
    kind = Visit(example="perceptron")
    assert kind.spec == DEFAULT and "another kind" in (kind.message or "")


def test_hidden_controls_stay_in_the_address(web_engine: LocalEngine) -> None:
    hidden = frozenset({"data", "bar.speed"})
    visit = Visit(spec=encode(Supervised(), hidden))
    assert visit.hidden == hidden
    visit.draw(changes={"training.learning_rate": 0.7})
    assert visit.hidden == hidden and visit.address["spec"] == encode(visit.spec, hidden)


def test_a_link_to_too_few_points_gives_the_default(web_engine: LocalEngine) -> None:
    few = [{"x1": 1.0, "x2": 1.0, "label": 0}]
    visit = Visit(spec=encode(DEFAULT.replace({"data": {"kind": "drawn", "points": few}})))
    assert visit.spec == visit.run.spec == DEFAULT and visit.run.status == "ready"
    assert visit.message is not None and "at least 4 points" in visit.message


def test_a_message_repeats_a_strangers_words_as_letters(web_engine: LocalEngine) -> None:
    visit = Visit(example="![x](http://elsewhere.example/x.png)")
    assert visit.message is not None and r"!\[x\](http\:" in visit.message


class Busy:
    """A run whose worker takes its time: what is asked of it is done when `work` is called."""

    def __init__(self, run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
        self.run, self.waiting = run, list[tuple[Future[Any], dict[str, Any]]]()
        self._change = run.change
        monkeypatch.setattr(run, "change", self.later)
        monkeypatch.setattr(ui.runs, "PATIENCE", 0.1)

    def later(self, changes: dict[str, Any]) -> Future[Any]:
        answer: Future[Any] = Future()
        self.waiting.append((answer, changes))
        return answer

    def work(self) -> None:
        for answer, changes in self.waiting:
            try:
                answer.set_result(self._change(changes).result(60))
            except Refused as refusal:
                answer.set_exception(refusal)
        self.waiting.clear()


def test_a_change_that_is_taken_back_before_the_worker_has_time_stays_taken_back(
    web_engine: LocalEngine, monkeypatch: pytest.MonkeyPatch
) -> None:
    visit = Visit()
    busy = Busy(visit.run, monkeypatch)
    visit.draw(changes={"seed": 5})
    visit.draw(changes={"seed": DEFAULT.seed})
    busy.work()
    visit.draw()
    busy.work()
    assert visit.draw().spec == visit.spec == DEFAULT


def test_changes_follow_one_another_while_the_worker_is_busy(
    web_engine: LocalEngine, monkeypatch: pytest.MonkeyPatch
) -> None:
    visit = Visit()
    busy = Busy(visit.run, monkeypatch)
    visit.draw(changes={"seed": 5})
    visit.draw(changes={"training.learning_rate": 0.5})
    visit.draw()
    assert [changes for _, changes in busy.waiting] == [{"seed": 5}, {"training.learning_rate": 0.5}]
    busy.work()
    assert visit.draw().spec == visit.spec == DEFAULT.replace({"seed": 5, "training.learning_rate": 0.5})


def test_a_refusal_that_comes_late_is_told_with_the_next_click(
    web_engine: LocalEngine, monkeypatch: pytest.MonkeyPatch
) -> None:
    visit = Visit()
    busy = Busy(visit.run, monkeypatch)
    visit.draw(changes={"training.device": "cuda"})  # there is none in tests
    assert visit.refusal is None
    busy.work()
    visit.draw()
    assert visit.refusal is not None and visit.spec == visit.run.spec == DEFAULT
