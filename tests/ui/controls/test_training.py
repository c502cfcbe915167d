from collections.abc import Callable
from typing import Any

import pytest

from dlcore.specs.perceptron import Perceptron
from dlcore.specs.supervised import Supervised
from dlcore.training.optimizers import OPTIMIZERS
from dlcore.training.schedules import SCHEDULES

Open = Callable[..., Any]


def test_only_fitting_losses_are_offered(open_page: Open) -> None:
    page = open_page(Supervised())
    assert "Cross-entropy" in page.at("training.loss").options
    page.choose("data.name", "sine")
    assert page.at("training.loss").options == ["Mean squared error", "Mean absolute error", "Huber"]
    page.choose("training.loss", "huber")
    assert page.spec.training.loss == "huber"


@pytest.mark.slow
def test_every_optimizer_and_schedule_brings_its_settings(open_page: Open) -> None:
    page = open_page(Supervised())
    for row in OPTIMIZERS:
        page.choose("training.optimizer.kind", row.name)
        assert page.spec.training.optimizer.kind == row.name
        for name, _argument, default, _least, _below in row.settings:
            assert page.at(f"training.optimizer.{name}").value == default
    for schedule in SCHEDULES:
        page.choose("training.schedule.kind", schedule.name)
        for name, default in schedule.settings:
            assert page.at(f"training.schedule.{name}").value == default
    page.choose("training.optimizer.beta1", 0.5)
    page.choose("training.schedule.epochs", 33.0)
    assert (page.spec.training.optimizer.beta1, page.spec.training.schedule.epochs) == (0.5, 33.0)


def test_any_learning_rate_has_a_place_on_the_scale(open_page: Open) -> None:
    page = open_page(Supervised().replace({"training.learning_rate": 0.0425}))
    options = page.at("training.learning_rate").options
    assert options[options.index("0.0425") - 1 :][:3] == ["0.03", "0.0425", "0.1"]
    page.choose("training.learning_rate", 0.3)
    assert page.spec.training.learning_rate == 0.3


def test_a_batch_is_a_number_or_all_and_batch_gradient_descent_leaves_no_choice(open_page: Open) -> None:
    page = open_page(Supervised())
    page.choose("training.batch_size", "all")
    assert page.spec.training.batch_size == "all"
    page.choose("training.batch_size", 1)
    assert page.spec.training.batch_size == 1
    page.choose("training.optimizer.kind", "gd")
    assert page.at("training.batch_size").disabled


@pytest.mark.parametrize(("path", "value"), [("epochs", 40), ("stop_loss", 0.05), ("gradient_clip", 1.5)])
def test_an_empty_number_means_never(open_page: Open, path: str, value: float) -> None:
    page = open_page(Supervised())
    assert page.at(f"training.{path}").value is None
    page.choose(f"training.{path}", value)
    assert getattr(page.spec.training, path) == value
    page.choose(f"training.{path}", None)
    assert getattr(page.spec.training, path) is None


@pytest.mark.parametrize("schedule", [row for row in SCHEDULES if row.settings], ids=lambda row: row.name)
def test_a_schedule_takes_all_that_its_fields_offer(schedule: Any, open_page: Open) -> None:
    page = open_page(Supervised().replace({"training.schedule": schedule.name}))
    for name, _default in schedule.settings:
        field = page.at(f"training.schedule.{name}")
        for end in (field.min, field.max):
            page.choose(f"training.schedule.{name}", end)
            assert getattr(page.spec.training.schedule, name) == end and page.refusals == [], name


def test_early_stopping_has_a_patience_and_a_smallest_fall(open_page: Open) -> None:
    page = open_page(Supervised())
    page.choose("training.early_stopping", 8)
    page.choose("training.early_stopping.min_delta", 0.01)
    page.choose("training.early_stopping", 9)
    assert page.spec.training.early_stopping.as_dict() == {"patience": 9, "min_delta": 0.01}
    page.choose("training.early_stopping", None)
    assert page.spec.training.early_stopping is None


def test_without_a_graphics_card_it_says_so_plainly(open_page: Open) -> None:
    page = open_page(Supervised())
    assert page.at("training.device").options == ["Auto", "CPU"]
    assert any("no CUDA" in caption.value for caption in page.app.caption)
    page = open_page(Supervised(), cuda=True)
    page.choose("training.device", "cuda")
    assert page.spec.training.device == "cuda"
    assert not any("no CUDA" in caption.value for caption in page.app.caption)


def test_it_repeats_what_the_run_says_about_how_it_trains(open_page: Open) -> None:
    page = open_page(Supervised(), cuda=True, remark="It is started one by one (a*b).")
    assert "It is started one by one (a\\*b)." in [caption.value for caption in page.app.caption]


def test_it_says_which_update_runs_and_why(open_page: Open) -> None:
    page = open_page(Supervised())
    assert page.at("training.step").options == ["Auto", "Textbook"]
    assert any(caption.value == "The fast path runs." for caption in page.app.caption)
    page.choose("training.step", "textbook")
    assert page.spec.training.step == "textbook"
    assert any("textbook's update runs. You chose it." in caption.value for caption in page.app.caption)
    page = open_page(Supervised().replace({"network.batch_norm": True}))
    assert any("textbook's update runs. Batch normalization" in caption.value for caption in page.app.caption)
    page = open_page(Supervised(), cuda=True)
    assert any(caption.value == "The fast path runs." for caption in page.app.caption)


def test_a_new_seed_is_the_next_one(open_page: Open) -> None:
    page = open_page(Supervised(seed=2**31 - 1))
    page.press("seed next")
    assert page.spec.seed == 0


def test_a_perceptron_has_the_few_controls_that_it_knows(open_page: Open) -> None:
    page = open_page(Perceptron())
    page.choose("learning_rate", 0.1)
    page.choose("epochs", 12)
    assert (page.spec.learning_rate, page.spec.epochs) == (0.1, 12)
    assert not page.labels & {"Loss ↻", "Optimizer ↻", "L1", "Output ↻"}
