"""The history page: its years in order, each experiment drawn, and what the texts say about their outcomes."""

from __future__ import annotations

from typing import Any

import pytest
import torch
from streamlit.testing.v1 import AppTest

from dlcore.engine.local import LocalEngine
from dlcore.labs.registry import make_lab
from dlcore.specs.experiment import Experiment
from ui.lessons.history import ERAS, SECTIONS
from ui.lessons.history_era import Era, Experience
from ui.pages import FOLDER

# Test accuracies, seeds from 0 on.
# 1986, two hidden units: 0.71 0.93 0.67 0.93 0.93 0.67 0.87 0.93 0.93 0.93 0.93 0.93
# 1986, four: 0.95 0.98 0.98 0.98 0.97 0.96 0.97 0.98 0.96 0.98 0.92 0.97
# 1998: 0.964 0.953
# 2012 (data of the same seed), ReLU: 0.926 0.948 0.970 0.970, with dropout: 0.950 0.938 0.978 0.978; sigmoid: 0.10
# 2015, plain: 0.102 0.096 0.100, with shortcuts: 0.930 0.930 0.906


def experience(year: int) -> Experience:
    runs = next(era.runs for era in ERAS if era.year == year)
    assert isinstance(runs, Experience)
    return runs


def outcome(spec: Experiment) -> dict[str, float]:
    threads = torch.get_num_threads()
    torch.set_num_threads(1)
    lab = make_lab(spec)
    while lab.finished() is None:
        lab.step()
    torch.set_num_threads(threads)
    return dict(lab.frame().metrics)


def test_the_years_stand_in_order_and_each_has_a_place_of_its_own() -> None:
    years = [era.year for era in ERAS]
    assert years == sorted(set(years)) and [section.name for section in SECTIONS] == [str(year) for year in years]
    for era in ERAS:
        assert 0 <= era.question.right < len(era.question.answers) and len(set(era.question.answers)) >= 3
        assert str(era.year) in era.source, "where it was published"


@pytest.mark.parametrize("era", [era for era in ERAS if isinstance(era.runs, Experience)], ids=lambda era: era.year)
def test_what_may_be_chosen_can_be_trained(era: Era) -> None:
    found = experience(era.year)
    assert found.is_mine(found.spec)
    for path in found.chance:
        assert found.is_mine(found.spec.replace({path: 7}))
    for path, (_, values) in found.choices.items():
        assert all(found.is_mine(found.spec.replace({path: value})) for value in values)
    others = [experience(other.year).spec for other in ERAS if isinstance(other.runs, Experience) and other is not era]
    assert not any(found.is_mine(spec) for spec in others), "a link to another year's experiment does not belong here"


@pytest.mark.slow
def test_every_year_is_drawn_with_its_experiment(web_engine: LocalEngine) -> None:
    for section in SECTIONS:
        app = AppTest.from_file(str(FOLDER / "menu.py"), default_timeout=60).run()
        app.switch_page("history.py")
        app.query_params["section"] = section.name
        app.run()
        assert not app.exception, app.exception
        assert app.header[0].value.startswith(section.name)
        assert app.radio(key=f"predict history {section.name}").value is None
        if isinstance(era_runs(section.name), Experience):
            run: Any = web_engine.find(app.query_params["run"])
            assert run.spec == experience(int(section.name)).spec
            run.stop()


def era_runs(year: str) -> Any:
    return next(era.runs for era in ERAS if era.year == int(year))


@pytest.mark.parametrize("seed", [0, 1])
def test_1986_four_hidden_sigmoids_learn_xor(seed: int) -> None:
    assert outcome(experience(1986).spec.replace({"seed": seed}))["test_accuracy"] > 0.9


@pytest.mark.slow
def test_2012_a_deep_stack_of_sigmoids_stays_at_chance_and_relu_does_not() -> None:
    metrics = outcome(experience(2012).spec.replace({"base.training.epochs": 30}))  # half of them show it
    sigmoid, relu, dropout = (metrics[f"{number}/test_accuracy"] for number in range(3))
    assert sigmoid < 0.2 and relu > 0.88 and dropout > 0.88
    assert abs(relu - dropout) < 0.04, "dropout gains a little here, or nothing"


@pytest.mark.slow
def test_2015_shortcuts_let_seventeen_layers_learn() -> None:
    metrics = outcome(experience(2015).spec)
    assert metrics["0/train_accuracy"] < 0.2 and metrics["1/test_accuracy"] > 0.8


@pytest.mark.slow
def test_1998_lenet_reads_about_95_of_100() -> None:
    assert outcome(experience(1998).spec)["test_accuracy"] == pytest.approx(0.95, abs=0.02)
